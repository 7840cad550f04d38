// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.rule;

/** How far a rule goes now. */
public enum Stage {
    /** Counted as what would have been done. */
    OBSERVE,
    /** The message passes, and its sender is told once a day for each peer. */
    WARN,
    /** The message is refused. */
    ENFORCE
}
