// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.omemo;

import im.bastion.e2e.client.XmppClient;
import im.bastion.e2e.server.OpenfireServer;
import java.security.Security;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.MessageBuilder;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smackx.carbons.packet.CarbonExtension;
import org.jivesoftware.smackx.muc.MultiUserChat;
import org.jivesoftware.smackx.omemo.OmemoManager;
import org.jivesoftware.smackx.omemo.OmemoMessage;
import org.jivesoftware.smackx.omemo.internal.OmemoDevice;
import org.jivesoftware.smackx.omemo.listener.OmemoMessageListener;
import org.jivesoftware.smackx.omemo.signal.SignalOmemoService;
import org.jivesoftware.smackx.omemo.trust.OmemoFingerprint;
import org.jivesoftware.smackx.omemo.trust.OmemoTrustCallback;
import org.jivesoftware.smackx.omemo.trust.TrustState;
import org.jxmpp.jid.BareJid;
import org.jxmpp.jid.EntityFullJid;
import org.jxmpp.jid.impl.JidCreate;

/**
 * A Smack client with its own OMEMO, of the legacy generation, which trusts every device it meets. Its keys and sessions
 * outlive it: who connects as the same device again goes on with them.
 */
final class SmackOmemo implements AutoCloseable, OmemoMessageListener, OmemoTrustCallback {
    private final XmppClient client;
    private final OmemoManager omemo;
    private final List<String> heard = new CopyOnWriteArrayList<>();

    private SmackOmemo(XmppClient client, int device) {
        this.client = client;
        this.omemo = OmemoManager.getInstanceFor(client.smack(), device);
    }

    /** Once before the first client; Smack encrypts with whichever provider is the first, and only this one will do. */
    static void setUp() {
        Security.insertProviderAt(new BouncyCastleProvider(), 1);
        SignalOmemoService.acknowledgeLicense();
        SignalOmemoService.setup();
    }

    /** After the last client: other tests want the platform's own providers. */
    static void tearDown() {
        Security.removeProvider(BouncyCastleProvider.PROVIDER_NAME);
    }

    /** Logs in, announces the device with its keys and then shows itself, so that what waited for it can be read. */
    static SmackOmemo connect(OpenfireServer server, String user, int device) throws Exception {
        SmackOmemo smack = new SmackOmemo(XmppClient.connectAbsent(server, user, "smack" + device), device);
        try {
            smack.omemo.setTrustCallback(smack);
            smack.omemo.addOmemoMessageListener(smack);
            smack.omemo.addOmemoMucMessageListener((room, stanza, message) -> smack.hear(message));
            smack.omemo.initialize();
            smack.client.send("<presence/>");
            smack.client.sync();
            return smack;
        } catch (Exception | Error e) {
            smack.close();
            throw e;
        }
    }

    /** Says it to all devices of that person. */
    void say(String person, String text) throws Exception {
        BareJid to = JidCreate.bareFrom(person);
        omemo.requestDeviceListUpdateFor(to);
        OmemoMessage.Sent message = omemo.encrypt(to, text);
        client.smack().sendStanza(message.buildMessage(chat(Message.Type.chat), to));
        // Closed now, it would take along what it has not sent.
        client.sync();
    }

    /** Says it to all devices of everybody in the room. */
    void say(MultiUserChat room, String text) throws Exception {
        for (EntityFullJid occupant : room.getOccupants()) {
            omemo.requestDeviceListUpdateFor(room.getOccupant(occupant).getJid().asBareJid());
        }
        OmemoMessage.Sent message = omemo.encrypt(room, text);
        room.sendMessage(message.buildMessage(chat(Message.Type.groupchat), room.getRoom())
                .asBuilder());
    }

    MultiUserChat join(String room, String nickname) throws Exception {
        return client.join(room, nickname);
    }

    XmppClient client() {
        return client;
    }

    /** What it could decrypt, as "sender text", in order. */
    List<String> heard() {
        return heard;
    }

    @Override
    public void onOmemoMessageReceived(Stanza stanza, OmemoMessage.Received message) {
        hear(message);
    }

    @Override
    public void onOmemoCarbonCopyReceived(
            CarbonExtension.Direction direction, Message copy, Message wrapper, OmemoMessage.Received message) {
        hear(message);
    }

    @Override
    public TrustState getTrust(OmemoDevice device, OmemoFingerprint fingerprint) {
        return TrustState.trusted;
    }

    @Override
    public void setTrust(OmemoDevice device, OmemoFingerprint fingerprint, TrustState state) {
        // Whom to trust is the users' business; what is tested is the server.
    }

    @Override
    public void close() {
        client.close();
    }

    private void hear(OmemoMessage.Received message) {
        if (!message.isKeyTransportMessage()) {
            heard.add(message.getSenderDevice().getJid() + " " + message.getBody());
        }
    }

    private MessageBuilder chat(Message.Type type) {
        return client.smack().getStanzaFactory().buildMessageStanza().ofType(type);
    }
}
