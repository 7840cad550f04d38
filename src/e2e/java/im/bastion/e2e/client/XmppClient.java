// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.client;

import im.bastion.e2e.server.OpenfireServer;
import im.bastion.e2e.server.ServerOptions;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.net.ssl.X509TrustManager;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;
import org.jivesoftware.smackx.caps.EntityCapsManager;
import org.jivesoftware.smackx.disco.ServiceDiscoveryManager;
import org.jivesoftware.smackx.muc.MultiUserChat;
import org.jivesoftware.smackx.muc.MultiUserChatManager;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.jid.parts.Resourcepart;

/** A logged-in Smack client that keeps every stanza it receives. */
public final class XmppClient implements AutoCloseable {
    /** How long {@link #await} waits. */
    public static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final String PERSISTENT =
            """
            <query xmlns='http://jabber.org/protocol/muc#owner'><x xmlns='jabber:x:data' type='submit'>\
            <field var='FORM_TYPE'><value>http://jabber.org/protocol/muc#roomconfig</value></field>\
            <field var='muc#roomconfig_persistentroom'><value>1</value></field></x></query>""";
    private static final AtomicInteger IDS = new AtomicInteger();

    private final XMPPTCPConnection connection;
    private final List<Stanza> received = new ArrayList<>();

    private XmppClient(XMPPTCPConnection connection) {
        this.connection = connection;
        connection.addSyncStanzaListener(this::keep, stanza -> true);
    }

    /** Logs the server's user in, with the password of the server's options, and sends presence. */
    public static XmppClient connect(OpenfireServer server, String user, String resource) throws Exception {
        return connect(server, user, server.options().users().get(user), resource);
    }

    /** Logs the server's user in and says with its first presence which nodes it wants to hear of (XEP-0163 §4.3.2). */
    public static XmppClient connectWanting(OpenfireServer server, String user, String resource, List<String> nodes)
            throws Exception {
        return connect(server, user, server.options().users().get(user), resource, connection -> {
            ServiceDiscoveryManager discovery = ServiceDiscoveryManager.getInstanceFor(connection);
            nodes.forEach(node -> discovery.addFeature(node + "+notify"));
        });
    }

    /** Logs the server's user in without a word about what it can do or wants (XEP-0115). */
    public static XmppClient connectSilent(OpenfireServer server, String user, String resource) throws Exception {
        return connect(
                server,
                user,
                server.options().users().get(user),
                resource,
                connection -> EntityCapsManager.getInstanceFor(connection).disableEntityCaps());
    }

    /** Logs the server's user in and sends no presence: nothing comes to it before it does. */
    public static XmppClient connectAbsent(OpenfireServer server, String user, String resource) throws Exception {
        return connect(
                server,
                user,
                server.options().users().get(user),
                resource,
                connection -> {},
                configuration -> configuration.setSendPresence(false));
    }

    /** Logs somebody in who has no account (RFC 4505), and sends presence. */
    public static XmppClient connectAnonymous(OpenfireServer server) throws Exception {
        return connect(
                server,
                null,
                null,
                "anonymous",
                connection -> {},
                XMPPTCPConnectionConfiguration.Builder::performSaslAnonymousAuthentication);
    }

    /** Logs in over TLS, trusting the server's own certificates alone, and sends presence. */
    public static XmppClient connect(OpenfireServer server, String user, String password, String resource)
            throws Exception {
        return connect(server, user, password, resource, connection -> {});
    }

    private static XmppClient connect(
            OpenfireServer server,
            String user,
            String password,
            String resource,
            Consumer<XMPPTCPConnection> beforeLogin)
            throws Exception {
        return connect(server, user, password, resource, beforeLogin, configuration -> {});
    }

    private static XmppClient connect(
            OpenfireServer server,
            String user,
            String password,
            String resource,
            Consumer<XMPPTCPConnection> beforeLogin,
            Consumer<XMPPTCPConnectionConfiguration.Builder> wish)
            throws Exception {
        ServerOptions options = server.options();
        List<X509Certificate> trusted = new ArrayList<>(options.identity().chain());
        trusted.addAll(options.trusted());
        X509TrustManager trust = TrustedCertificates.of(trusted);
        XMPPTCPConnectionConfiguration.Builder configuration = XMPPTCPConnectionConfiguration.builder()
                .setXmppDomain(options.domain())
                .setHostAddress(InetAddress.getByName(options.address()))
                .setPort(server.ports().client())
                .setUsernameAndPassword(user, password)
                .setResource(resource)
                .setSslContextFactory(() -> TrustedCertificates.context(trust))
                .setCustomX509TrustManager(trust)
                // The trust manager knows the server's certificate itself.
                .setHostnameVerifier((host, session) -> true);
        wish.accept(configuration);
        XMPPTCPConnection connection = new XMPPTCPConnection(configuration.build());
        // Resumption would hide a server that went away.
        connection.setUseStreamManagement(false);
        connection.setReplyTimeout(PATIENCE.toMillis());
        beforeLogin.accept(connection);
        XmppClient client = new XmppClient(connection);
        connection.connect().login();
        // Answered after the presence before it has been handled: from here on messages reach this resource.
        client.request("get", options.domain(), "<ping xmlns='urn:xmpp:ping'/>");
        return client;
    }

    /** The full JID. */
    public String jid() {
        return connection.getUser().toString();
    }

    /** The connection, for what Smack does itself. */
    public XMPPTCPConnection smack() {
        return connection;
    }

    /** Sends the XML as it is. */
    public void send(String xml) throws SmackException, InterruptedException {
        connection.sendNonza(new RawXml(xml));
    }

    /** Sends a chat message and returns its id. */
    public String sendMessage(String to, String type, String body) throws SmackException, InterruptedException {
        String id = nextId();
        send("<message id='%s' to='%s' type='%s'><body>%s</body></message>".formatted(id, to, type, body));
        return id;
    }

    /**
     * Sends an IQ and waits for its result or error.
     *
     * @param type "get" or "set"
     * @param to null for the own account
     */
    public IQ request(String type, String to, String payload) throws SmackException, InterruptedException {
        String id = nextId();
        String address = to == null ? "" : " to='" + to + "'";
        send("<iq id='%s' type='%s'%s>%s</iq>".formatted(id, type, address, payload));
        return (IQ) await(stanza -> stanza instanceof IQ iq && id.equals(iq.getStanzaId()) && isAnswer(iq));
    }

    /** The first stanza, received already or within 15 s, for which the condition holds. */
    public Stanza await(Predicate<Stanza> condition) throws InterruptedException {
        return await(condition, PATIENCE);
    }

    /** The first stanza, received already or within the time, for which the condition holds. */
    public Stanza await(Predicate<Stanza> condition, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        synchronized (received) {
            int seen = 0;
            while (true) {
                for (; seen < received.size(); seen++) {
                    if (condition.test(received.get(seen))) {
                        return received.get(seen);
                    }
                }
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new AssertionError(
                            jid() + " did not receive it within " + patience + "; received:\n" + xml());
                }
                received.wait(left);
            }
        }
    }

    /** What it has received so far, in order. */
    public List<Stanza> received() {
        synchronized (received) {
            return List.copyOf(received);
        }
    }

    /** The same as XML, a line each. */
    public String text() {
        synchronized (received) {
            return xml();
        }
    }

    /** Forgets what it has received. */
    public void forget() {
        synchronized (received) {
            received.clear();
        }
    }

    /**
     * Waits until the server has handled everything this client sent before, so that what has not arrived by then does
     * not come from that.
     */
    public void sync() throws SmackException, InterruptedException {
        request("get", null, "<ping xmlns='urn:xmpp:ping'/>");
    }

    /** Enters the room; the room service must know it or let this user create it. */
    public MultiUserChat join(String room, String nickname) throws Exception {
        MultiUserChat chat =
                MultiUserChatManager.getInstanceFor(connection).getMultiUserChat(JidCreate.entityBareFrom(room));
        chat.join(Resourcepart.from(nickname));
        return chat;
    }

    /** Creates a persistent room with this user as its owner, and those bare JIDs as members. */
    public MultiUserChat createRoom(String room, String nickname, List<String> members) throws Exception {
        MultiUserChat chat =
                MultiUserChatManager.getInstanceFor(connection).getMultiUserChat(JidCreate.entityBareFrom(room));
        chat.create(Resourcepart.from(nickname));
        // By hand: 4.2.0 takes "1" for true, but not the "true" that Smack writes.
        IQ configured = request("set", room, PERSISTENT);
        if (configured.getType() != IQ.Type.result) {
            throw new IllegalStateException("the room was not configured: " + configured.toXML());
        }
        for (String member : members) {
            chat.grantMembership(JidCreate.bareFrom(member));
        }
        return chat;
    }

    /** Hangs up without a goodbye: 4.2.0 on Java 17 leaves the end of an encrypted stream unanswered. */
    @Override
    public void close() {
        connection.instantShutdown();
    }

    /** A stanza id nobody used before. */
    public static String nextId() {
        return "e2e-" + IDS.incrementAndGet();
    }

    private void keep(Stanza stanza) {
        synchronized (received) {
            received.add(stanza);
            received.notifyAll();
        }
    }

    private String xml() {
        StringBuilder all = new StringBuilder();
        received.forEach(stanza -> all.append(stanza.toXML()).append('\n'));
        return all.toString();
    }

    private static boolean isAnswer(IQ iq) {
        return iq.getType() == IQ.Type.result || iq.getType() == IQ.Type.error;
    }
}
