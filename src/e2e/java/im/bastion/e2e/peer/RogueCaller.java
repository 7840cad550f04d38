// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.peer;

import im.bastion.certificate.TestIdentity;
import im.bastion.e2e.server.OpenfireServer;
import java.io.IOException;
import java.net.Socket;

/** The rogue peer as the one who calls: a stream into the server, authenticated by dialback. One thread. */
public final class RogueCaller implements AutoCloseable {
    private static final String HEADER =
            """
            <?xml version='1.0'?><stream:stream xmlns='jabber:server' xmlns:db='jabber:server:dialback' \
            xmlns:stream='http://etherx.jabber.org/streams' from='%s' to='%s' version='1.0'>""";

    private final PeerStream stream;
    private final String domain;
    private final OpenfireServer server;

    private RogueCaller(OpenfireServer server, String domain) throws IOException {
        this.server = server;
        this.domain = domain;
        this.stream = new PeerStream(
                new Socket(server.options().address(), server.ports().server()));
    }

    /** A plain stream. */
    public static RogueCaller plain(OpenfireServer server, String domain) throws IOException {
        RogueCaller caller = new RogueCaller(server, domain);
        caller.open();
        caller.dialback();
        return caller;
    }

    /** A stream over TLS, with that certificate. */
    public static RogueCaller encrypted(OpenfireServer server, String domain, TestIdentity identity)
            throws IOException {
        RogueCaller caller = new RogueCaller(server, domain);
        caller.open();
        caller.stream.write("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
        caller.until("<proceed");
        caller.stream.startTls(PeerCertificates.context(identity), true);
        caller.open();
        caller.dialback();
        return caller;
    }

    public void send(String xml) throws IOException {
        stream.write(xml);
    }

    /** Reads until something begins like that; an end of the stream before it is an IOException with what was read. */
    public String until(String beginning) throws IOException {
        StringBuilder seen = new StringBuilder();
        for (String piece = stream.read(); piece != null; piece = stream.read()) {
            if (piece.startsWith(beginning)) {
                return piece;
            }
            seen.append(piece).append('\n');
        }
        throw new IOException("The server ended the stream before " + beginning + ", after:\n" + seen);
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    private void open() throws IOException {
        stream.write(HEADER.formatted(domain, server.domain()));
        until("<stream:features");
    }

    private void dialback() throws IOException {
        stream.write("<db:result from='%s' to='%s'>believe-me</db:result>".formatted(domain, server.domain()));
        String answer = until("<db:result");
        if (!PeerStream.attribute(answer, "type").equals("valid")) {
            throw new IOException("Dialback was refused: " + answer);
        }
    }
}
