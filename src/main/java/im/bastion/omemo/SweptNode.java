// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.host.Pep;

/**
 * What a sweep says of one node; nodes with nothing to say about are left out.
 *
 * @param owner a bare JID
 * @param before as it was
 * @param beforePayloadBytes the largest payload it took; 0 when that was not set
 * @param outcome what was done
 */
public record SweptNode(String owner, Pep.Node before, int beforePayloadBytes, Outcome outcome) {
    /** What a sweep does with a node. */
    public enum Outcome {
        /** Repaired, or in a dry run would have been. */
        CHANGED,
        /** Closed by its owner, and left so. */
        LEFT,
        /** Could not be repaired, or somebody changed it meanwhile. */
        FAILED
    }
}
