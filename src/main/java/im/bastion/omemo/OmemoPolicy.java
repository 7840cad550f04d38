// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.policy.Mode;

/**
 * What is in force, read once for each stanza.
 *
 * @param maxItems what {@code max} stands for, and the most items a node can be asked to keep
 * @param strict whether a publish that some clients may stumble over is refused, too
 * @param durable whether the result of a publish waits for the database
 */
record OmemoPolicy(Mode mode, int maxItems, boolean strict, boolean durable) {
    static final OmemoPolicy OFF = new OmemoPolicy(Mode.OFF, 1, false, true);

    boolean enforces() {
        return mode == Mode.ENFORCE;
    }
}
