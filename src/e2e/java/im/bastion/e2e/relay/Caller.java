// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.relay;

import im.bastion.e2e.client.XmppClient;
import im.bastion.e2e.server.OpenfireServer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.jivesoftware.smack.iqrequest.AbstractIqRequestHandler;
import org.jivesoftware.smack.iqrequest.IQRequestHandler.Mode;
import org.jivesoftware.smack.packet.IQ;

/** A client that answers Jingle requests and keeps them: Smack shows requests to nobody but who answers them. */
record Caller(XmppClient client, List<String> requests) implements AutoCloseable {
    static Caller connect(OpenfireServer server, String user, String resource) throws Exception {
        Caller caller = new Caller(XmppClient.connect(server, user, resource), new CopyOnWriteArrayList<>());
        caller.client
                .smack()
                .registerIQRequestHandler(
                        new AbstractIqRequestHandler("jingle", "urn:xmpp:jingle:1", IQ.Type.set, Mode.sync) {
                            @Override
                            public IQ handleIQRequest(IQ request) {
                                caller.requests.add(request.toXML().toString());
                                return IQ.createResultIQ(request);
                            }
                        });
        return caller;
    }

    String jid() {
        return client.jid();
    }

    /** The first request with that action, received already or within the time. */
    String heard(String action) {
        return Awaitility.await()
                .atMost(XmppClient.PATIENCE)
                .until(
                        () -> requests.stream()
                                .filter(each -> each.contains("action='" + action + "'"))
                                .findFirst()
                                .orElse(""),
                        each -> !each.isEmpty());
    }

    @Override
    public void close() {
        client.close();
    }
}
