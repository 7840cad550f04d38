// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.transport;

import im.bastion.relay.turn.Moment;
import java.io.IOException;

/** What hangs on a selection key. */
interface Ready {
    /** How many reads one turn takes at most, so that no socket starves the others. */
    int MAX_PER_TURN = 64;

    /**
     * Does what can be done without waiting.
     *
     * @param operations what is ready, as of {@link java.nio.channels.SelectionKey#readyOps()}
     */
    void ready(int operations, Moment now) throws IOException;

    /** Ends it after {@link #ready} has thrown. */
    void fail(Exception cause);
}
