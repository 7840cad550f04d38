// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.gate.Passage;
import im.bastion.host.Point;
import im.bastion.policy.Verdict;

/** One part of the guard. {@link OmemoFeature} has the list; the first that does not let a stanza pass is the last asked. */
interface OmemoStep {
    /** The classes this step wants to see at that point, as bits of {@link im.bastion.gate.Interest}. Asked for every stanza. */
    int interests(Point point, OmemoPolicy policy);

    /** Judges one stanza of such a class, on the server's own threads. At {@link Point#HANDLED} the verdict is ignored. */
    Verdict judge(Passage passage, OmemoPolicy policy);
}
