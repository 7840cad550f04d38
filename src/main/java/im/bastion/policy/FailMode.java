// SPDX-License-Identifier: Apache-2.0
package im.bastion.policy;

/** What happens to a stanza whose guard fails while it judges. */
public enum FailMode {
    /** The stanza passes. */
    OPEN,
    /** The stanza is refused. */
    CLOSED
}
