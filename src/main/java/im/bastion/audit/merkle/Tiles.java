// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.merkle;

/** Where full tiles are kept. */
@FunctionalInterface
public interface Tiles {
    /** For a tree that is only ever asked for its newest root. */
    Tiles NONE = (level, number) -> {
        throw new IllegalStateException("No tiles were kept");
    };

    /**
     * The hashes of a full tile, one after the other; not to be changed.
     *
     * @throws IllegalStateException when it cannot be had
     */
    byte[] hashes(int level, long number);
}
