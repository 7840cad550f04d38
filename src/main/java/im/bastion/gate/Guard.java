// SPDX-License-Identifier: Apache-2.0
package im.bastion.gate;

import im.bastion.host.Point;
import im.bastion.policy.FailMode;
import im.bastion.policy.Verdict;

/** A judge of stanzas. Called on the server's own threads: no lock, no I/O, no waiting. */
public interface Guard {
    /** "moderation", "omemo", "encryption", "calls", "relay" or "federation". */
    String name();

    /** What becomes of a stanza when {@link #judge} throws. */
    FailMode failMode();

    /** The classes this guard wants to see at that point, as bits of {@link Interest}. Asked for every stanza. */
    int interests(Point point);

    /** Judges one stanza. At {@link Point#HANDLED} the verdict is ignored. */
    Verdict judge(Passage passage);
}
