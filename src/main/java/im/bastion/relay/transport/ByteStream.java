// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.transport;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A connection as bytes, encrypted on the wire or not. Confined to the loop's thread. */
interface ByteStream {
    /** The answer of {@link #receive} at the end of the stream. */
    int END = -1;

    /** Takes what has come. The answer is how many bytes, 0 when there are none now, or {@link #END}. */
    int receive(ByteBuffer into) throws IOException;

    /**
     * Sends all of it, now or when the system takes it, or nothing of it when too much waits already.
     *
     * @return whether it was taken
     */
    boolean send(ByteBuffer bytes) throws IOException;

    /** Sends what waits. */
    void flush() throws IOException;

    /** How many bytes wait to be sent. */
    int waiting();

    /** Whether more bytes may be received now; false while a handshake is being computed. */
    boolean mayReceive();

    void close();
}
