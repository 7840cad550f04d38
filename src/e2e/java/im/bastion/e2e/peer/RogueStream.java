// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.peer;

import static im.bastion.e2e.peer.PeerStream.attribute;

import java.io.IOException;
import java.util.UUID;

/** One connection to the rogue peer, from the first stream header to whatever end. */
final class RogueStream {
    private static final String HEADER =
            """
            <?xml version='1.0'?><stream:stream xmlns='jabber:server' xmlns:db='jabber:server:dialback' \
            xmlns:stream='http://etherx.jabber.org/streams' id='%s' from='%s' to='%s' version='1.0'>""";
    private static final String STARTTLS = "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls>";
    private static final String DIALBACK = "<dialback xmlns='urn:xmpp:features:dialback'><errors/></dialback>";
    private static final String FAILURE = "<failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'/></stream:stream>";
    private static final String PROCEED = "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>";

    private final RoguePeer peer;
    private final PeerCertificates certificates;
    private final PeerStream stream;
    private String domain = "?";

    RogueStream(RoguePeer peer, PeerCertificates certificates, PeerStream stream) {
        this.peer = peer;
        this.certificates = certificates;
        this.stream = stream;
    }

    void run() throws IOException {
        try {
            for (String piece = stream.read(); piece != null; piece = stream.read()) {
                peer.note(domain, (stream.isEncrypted() ? "TLS   " : "CLEAR ") + piece);
                if (!handle(piece)) {
                    return;
                }
            }
        } catch (IOException e) {
            peer.note(domain, "ended: " + e);
        }
    }

    /** False to hang up. */
    private boolean handle(String piece) throws IOException {
        if (piece.startsWith("<stream:stream")) {
            open(piece);
        } else if (piece.startsWith("<starttls")) {
            return startTls();
        } else if (piece.startsWith("<db:result") && attribute(piece, "type").isEmpty()) {
            answer("db:result", piece);
        } else if (piece.startsWith("<db:verify") && attribute(piece, "type").isEmpty()) {
            answer("db:verify", piece);
        } else if (piece.startsWith("<message") || piece.startsWith("<iq") || piece.startsWith("<presence")) {
            peer.stanza(new RoguePeer.Received(domain, stream.isEncrypted(), piece));
        }
        return !piece.startsWith("</stream:stream");
    }

    private void open(String header) throws IOException {
        domain = attribute(header, "to");
        peer.note(domain, "stream from " + attribute(header, "from"));
        peer.waitUntilReleased(domain);
        String features =
                stream.isEncrypted() || peer.trick(domain) == Trick.NO_STARTTLS ? DIALBACK : STARTTLS + DIALBACK;
        stream.write(HEADER.formatted(UUID.randomUUID(), domain, attribute(header, "from")));
        if (attribute(header, "version").equals("1.0")) {
            stream.write("<stream:features>" + features + "</stream:features>");
        }
    }

    private boolean startTls() throws IOException {
        Trick trick = peer.trick(domain);
        stream.write(
                switch (trick) {
                    case STARTTLS_FAILURE -> FAILURE;
                    case INJECTED_STANZA -> PROCEED + peer.injection(domain);
                    default -> PROCEED;
                });
        switch (trick) {
            case STARTTLS_FAILURE -> {
                return false;
            }
            case STALLED_HANDSHAKE -> {
                stream.swallow();
                peer.stall();
                return false;
            }
            case CLOSE_IN_HANDSHAKE -> {
                stream.swallow();
                peer.note(domain, "closing after the ClientHello");
                return false;
            }
            case GARBAGE_AFTER_PROCEED -> {
                stream.swallow();
                stream.write("this is not TLS, this is not TLS, this is not TLS\r\n");
                return false;
            }
            default -> stream.startTls(certificates.context(trick, domain), false);
        }
        peer.note(domain, "TLS is up");
        return true;
    }

    private void answer(String element, String asked) throws IOException {
        String id = attribute(asked, "id");
        boolean denied = element.equals("db:verify") && peer.trick(domain) == Trick.DENIES_DIALBACK;
        stream.write("<%s from='%s' to='%s'%s type='%s'/>"
                .formatted(
                        element,
                        attribute(asked, "to"),
                        attribute(asked, "from"),
                        id.isEmpty() ? "" : " id='" + id + "'",
                        denied ? "invalid" : "valid"));
    }
}
