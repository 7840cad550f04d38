// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.reputation;

import im.bastion.host.Host;
import im.bastion.moderation.reputation.BlockLists.LocalEntry;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.dom4j.Element;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.IQ;

/**
 * Publishes what people of this server have decided to block, as others publish theirs: hashes on the node {@value #NODE} of
 * this server's publish-subscribe service. Never what a rule decided by itself.
 */
public final class OwnList {
    /** The node. */
    public static final String NODE = "muc_bans_sha256";

    private static final Logger LOG = LoggerFactory.getLogger(OwnList.class);
    private static final String PUBSUB = "http://jabber.org/protocol/pubsub";
    private static final String REPORT = "urn:xmpp:reporting:1";
    private static final long ANSWER_MILLIS = 10_000;

    private final Host host;
    private final BooleanSupplier isPublished;

    /** @param isPublished whether there is anything to be published at all */
    public OwnList(Host host, BooleanSupplier isPublished) {
        this.host = host;
        this.isPublished = isPublished;
    }

    boolean isPublished() {
        return isPublished.getAsBoolean();
    }

    /** Publishes these, where anything is to be published. */
    void publish(List<LocalEntry> blocked) {
        if (!isPublished() || blocked.isEmpty()) {
            return;
        }
        // A node that is there already answers with a conflict, which is as good.
        IQ create = request();
        Element pubsub = create.getElement().addElement("pubsub", PUBSUB);
        pubsub.addElement("create").addAttribute("node", NODE);
        Element form =
                pubsub.addElement("configure").addElement("x", "jabber:x:data").addAttribute("type", "submit");
        field(form, "FORM_TYPE", PUBSUB + "#node_config");
        field(form, "pubsub#access_model", "open");
        field(form, "pubsub#publish_model", "publishers");
        field(form, "pubsub#persist_items", "1");
        field(form, "pubsub#max_items", "1000000");
        send(
                create,
                answer -> blocked.forEach(
                        entry -> send(published(ListedHash.hex(entry.subject()), entry.reason()), done -> {})));
    }

    /** Takes the node away (XEP-0060 §8.4); where there is none, nothing happens. */
    void withdraw() {
        IQ delete = request();
        delete.getElement()
                .addElement("pubsub", PUBSUB + "#owner")
                .addElement("delete")
                .addAttribute("node", NODE);
        send(delete, done -> {});
    }

    /** Takes a name back, where anything is published. */
    void retract(String name) {
        if (!isPublished()) {
            return;
        }
        IQ retract = request();
        retract.getElement()
                .addElement("pubsub", PUBSUB)
                .addElement("retract")
                .addAttribute("node", NODE)
                .addAttribute("notify", "true")
                .addElement("item")
                .addAttribute("id", ListedHash.hex(name));
        send(retract, done -> {});
    }

    private IQ published(String hash, String reason) {
        IQ publish = request();
        Element item = publish.getElement()
                .addElement("pubsub", PUBSUB)
                .addElement("publish")
                .addAttribute("node", NODE)
                .addElement("item")
                .addAttribute("id", hash);
        Element report = item.addElement("report", REPORT).addAttribute("reason", "urn:xmpp:reporting:abuse");
        if (!reason.isEmpty()) {
            report.addElement("text").setText(reason);
        }
        return publish;
    }

    private void send(IQ request, Consumer<IQ> then) {
        host.stanzas().request(request, ANSWER_MILLIS, answer -> {
            if (answer == null) {
                LOG.warn("This server's publish-subscribe service did not take an entry of our block list");
            }
            then.accept(answer);
        });
    }

    private IQ request() {
        IQ request = new IQ(IQ.Type.set);
        request.setFrom(host.domain());
        request.setTo("pubsub." + host.domain());
        return request;
    }

    private static void field(Element form, String name, String value) {
        form.addElement("field").addAttribute("var", name).addElement("value").setText(value);
    }
}
