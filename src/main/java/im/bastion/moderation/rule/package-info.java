// SPDX-License-Identifier: Apache-2.0
/** One class for each type of rule, and the explicit list of them. May import: moderation.event, moderation.text, policy, store. */
package im.bastion.moderation.rule;
