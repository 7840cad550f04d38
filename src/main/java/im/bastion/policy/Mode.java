// SPDX-License-Identifier: Apache-2.0
package im.bastion.policy;

/** How far a guard or a rule may go. The engine applies it, never the rule. */
public enum Mode {
    /** Not evaluated. */
    OFF,
    /** Evaluated, counted and audited as "would have"; nothing is changed for anybody. */
    OBSERVE,
    /** Evaluated and acted upon. */
    ENFORCE;

    /** The weaker of the two: a rule never does more than its guard. */
    public Mode within(Mode ceiling) {
        return compareTo(ceiling) <= 0 ? this : ceiling;
    }
}
