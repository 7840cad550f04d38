// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.grade;

/** How well a peer is protected. docs/federation.md has the rules. */
public enum Grade {
    /** Nothing to better that matters. */
    A,
    B,
    C,
    D,
    /** No protection, or none that can be relied on. */
    F,
    /** As good as the grade beside it, if only its certificate could be trusted. */
    T;

    /** The worse of two; T is kept apart. */
    Grade worse(Grade other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
