// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.statistics;

/** What is counted. Stored by name. */
public enum What {
    /** An event did not reach its room. */
    REFUSED,
    /** An event reached its room later, or not at all. */
    HELD,
    /** An event was delivered, and the moderators got a case. */
    REPORTED,
    /** A rule that only observes, or a guard that does, would have acted. */
    OBSERVED,
    /** A message was taken back. */
    RETRACTED,
    /** A case was opened. */
    CASE,
    /** People decided that a rule was wrong. */
    OVERTURNED,
    /** Somebody concerned says that a rule was wrong. */
    APPEALED
}
