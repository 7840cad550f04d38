// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.transport;

import im.bastion.relay.turn.TurnServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** All sockets that wait for clients. */
final class Listeners implements Closeable {
    private final List<UdpListener> udp = new ArrayList<>();
    private final List<StreamListener> streams = new ArrayList<>();
    private DtlsListener dtls;

    private Listeners() {}

    /** Opens what the endpoint says, or nothing. */
    static Listeners open(RelayEndpoint endpoint, Identity identity, PacketBuffers buffers, Strangers strangers)
            throws IOException {
        Listeners opened = new Listeners();
        try {
            opened.openAll(endpoint, identity, buffers, strangers);
            return opened;
        } catch (IOException e) {
            opened.close();
            throw e;
        }
    }

    private void openAll(RelayEndpoint endpoint, Identity identity, PacketBuffers buffers, Strangers strangers)
            throws IOException {
        udp.add(bind("UDP", endpoint.listen(), at -> UdpListener.open(at, buffers)));
        // Port 0 means any; the others then share the number that was found.
        InetSocketAddress plain = new InetSocketAddress(
                endpoint.listen().getAddress(), udp.get(0).localAddress().getPort());
        if (endpoint.tcp()) {
            streams.add(bind("TCP", plain, at -> StreamListener.open(at, null, strangers)));
        }
        if (endpoint.tls() != null) {
            streams.add(bind("TCP", endpoint.tls(), at -> StreamListener.open(at, identity, strangers)));
        }
        if (endpoint.dtls() != null) {
            dtls = bind("UDP", endpoint.dtls(), at -> DtlsListener.open(at, identity, buffers, strangers));
        }
        if (endpoint.discovery() != null) {
            List<UdpListener> four = new ArrayList<>(udp);
            for (InetSocketAddress address : endpoint.discovery().others(plain)) {
                four.add(bind("UDP", address, at -> UdpListener.open(at, buffers)));
            }
            udp.addAll(four.subList(1, 4));
            DiscoverySockets.join(four);
        }
    }

    /** Opens a socket. */
    private interface Opening<T> {
        T at(InetSocketAddress address) throws IOException;
    }

    private static <T> T bind(String protocol, InetSocketAddress address, Opening<T> opening) throws IOException {
        try {
            return opening.at(address);
        } catch (IOException e) {
            throw new CannotListenException(protocol, address, e);
        }
    }

    /** Begins to take what clients send. */
    void serve(TurnServer server, RelayLoop loop) throws IOException {
        for (UdpListener each : udp) {
            each.serve(server, loop.selector());
        }
        for (StreamListener each : streams) {
            each.serve(server, loop, loop.selector());
        }
        if (dtls != null) {
            dtls.serve(server, loop);
        }
    }

    /** How much the system keeps of what comes to the first UDP socket at once. */
    int receiveBufferBytes() throws IOException {
        return udp.get(0).receiveBufferBytes();
    }

    InetSocketAddress udpAddress() {
        return udp.get(0).localAddress();
    }

    /** Repeats what handshakes may have lost. To be called about once a second. */
    void retransmit() {
        if (dtls != null) {
            dtls.retransmit();
        }
    }

    @Override
    public void close() {
        udp.forEach(Channels::close);
        streams.forEach(Channels::close);
        if (dtls != null) {
            Channels.close(dtls);
        }
    }
}
