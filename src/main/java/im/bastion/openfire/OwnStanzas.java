// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire;

import im.bastion.host.Stanzas;
import java.util.function.Consumer;
import org.jivesoftware.openfire.XMPPServer;
import org.xmpp.component.IQResultListener;
import org.xmpp.packet.IQ;
import org.xmpp.packet.Packet;

/** Stanzas of Bastion's own. While one is routed, the interceptor lets what enters on that thread pass unseen. */
final class OwnStanzas implements Stanzas {
    private static final ThreadLocal<Boolean> SENDING = new ThreadLocal<>();

    private final XMPPServer server;

    OwnStanzas(XMPPServer server) {
        this.server = server;
    }

    boolean isSending() {
        return SENDING.get() != null;
    }

    @Override
    public void send(Packet stanza) {
        if (isSending()) {
            server.getPacketRouter().route(stanza);
            return;
        }
        SENDING.set(Boolean.TRUE);
        try {
            server.getPacketRouter().route(stanza);
        } finally {
            SENDING.remove();
        }
    }

    @Override
    public void request(IQ request, long timeoutMillis, Consumer<IQ> answer) {
        server.getIQRouter().addIQResultListener(request.getID(), new OneAnswer(answer), timeoutMillis);
        send(request);
    }

    /** Openfire calls one of the two, once. */
    private record OneAnswer(Consumer<IQ> answer) implements IQResultListener {
        @Override
        public void receivedAnswer(IQ iq) {
            answer.accept(iq);
        }

        @Override
        public void answerTimeout(String packetId) {
            answer.accept(null);
        }
    }
}
