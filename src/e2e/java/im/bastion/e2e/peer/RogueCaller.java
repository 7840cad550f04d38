// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.peer;

import im.bastion.certificate.TestIdentity;
import im.bastion.e2e.server.OpenfireServer;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import javax.net.ssl.SSLException;

/** The rogue peer as the one who calls: a stream into the server, authenticated by dialback. One thread. */
public final class RogueCaller implements AutoCloseable {
    private static final String HEADER =
            """
            <?xml version='1.0'?><stream:stream xmlns='jabber:server' xmlns:db='jabber:server:dialback' \
            xmlns:stream='http://etherx.jabber.org/streams' from='%s' to='%s' version='1.0'>""";

    private static final String CLAIM = "<db:result from='%s' to='%s'>believe-me</db:result>";

    private final PeerStream stream;
    private final String domain;
    private final OpenfireServer server;

    private RogueCaller(OpenfireServer server, String domain) throws IOException {
        this(server, server.ports().server(), domain);
    }

    private RogueCaller(OpenfireServer server, int port, String domain) throws IOException {
        this.server = server;
        this.domain = domain;
        this.stream = new PeerStream(new Socket(server.options().address(), port));
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
        return injecting(server, domain, identity, "");
    }

    /** A stream to that port that begins with TLS (XEP-0368), with that certificate. */
    public static RogueCaller direct(OpenfireServer server, int port, String domain, TestIdentity identity)
            throws IOException {
        RogueCaller caller = new RogueCaller(server, port, domain);
        caller.stream.startTls(PeerCertificates.context(identity), true);
        caller.open();
        caller.dialback();
        return caller;
    }

    /** A stream over TLS, with a stanza in clear text sent together with the request for TLS. */
    public static RogueCaller injecting(OpenfireServer server, String domain, TestIdentity identity, String stanza)
            throws IOException {
        RogueCaller caller = new RogueCaller(server, domain);
        caller.secure(identity, stanza);
        caller.dialback();
        return caller;
    }

    /** A stream over TLS on which nothing is claimed yet. */
    public static RogueCaller unproven(OpenfireServer server, String domain, TestIdentity identity) throws IOException {
        RogueCaller caller = new RogueCaller(server, domain);
        caller.secure(identity, "");
        return caller;
    }

    /** Claims by dialback to be that domain too (XEP-0220 §2.5); answers "valid", "invalid" or "error". */
    public String claim(String other) throws IOException {
        stream.write(CLAIM.formatted(other, server.domain()));
        return PeerStream.attribute(until("<db:result"), "type");
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

    /**
     * Sends the XML and waits until the server has handled it: it has answered a claim of another domain that follows, or
     * ended the stream, if it had not done so before.
     */
    public void sendAndSettle(String xml, String other) throws IOException {
        try {
            stream.write(xml + CLAIM.formatted(other, server.domain()));
            for (String piece = ""; piece != null; piece = stream.read()) {
                if (piece.startsWith("<db:result") || piece.startsWith("<stream:error")) {
                    return;
                }
            }
        } catch (SocketException | SSLException e) {
            // The stream has ended.
        }
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    private void open() throws IOException {
        stream.write(HEADER.formatted(domain, server.domain()));
        until("<stream:features");
    }

    private void secure(TestIdentity identity, String injected) throws IOException {
        open();
        stream.write("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>" + injected);
        until("<proceed");
        stream.startTls(PeerCertificates.context(identity), true);
        open();
    }

    private void dialback() throws IOException {
        String answer = claim(domain);
        if (!answer.equals("valid")) {
            throw new IOException("Dialback was refused: " + answer);
        }
    }
}
