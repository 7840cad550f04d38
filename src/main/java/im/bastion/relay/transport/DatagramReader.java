// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.transport;

import im.bastion.relay.turn.Moment;
import java.io.IOException;

/** What hangs on a selection key: takes the datagrams that wait, up to a bound, so that no socket starves the others. */
interface DatagramReader {
    /** How many datagrams one turn takes at most. */
    int MAX_PER_TURN = 64;

    void read(Moment now) throws IOException;
}
