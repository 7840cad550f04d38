// SPDX-License-Identifier: Apache-2.0
/** What follows from a finding, for real or simulated. May import: moderation.event, moderation.rule, policy, audit, metric. */
package im.bastion.moderation.consequence;
