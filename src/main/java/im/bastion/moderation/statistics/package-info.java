// SPDX-License-Identifier: Apache-2.0
/** How much of what happened when. May import: moderation.rule, policy, audit, store. */
package im.bastion.moderation.statistics;
