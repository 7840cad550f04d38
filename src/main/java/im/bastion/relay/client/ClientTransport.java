// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.client;

import im.bastion.relay.turn.Leg;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** A way from a client to a server, message by message. For one thread. */
interface ClientTransport extends Closeable {
    Leg leg();

    /** Its own end. */
    InetSocketAddress localAddress();

    /** Sends a message, or ChannelData. */
    void send(ByteBuffer message) throws IOException;

    /** The next message, or null when none has come by then, as {@link System#nanoTime()} counts. */
    ByteBuffer receive(long deadlineNanos) throws IOException;
}
