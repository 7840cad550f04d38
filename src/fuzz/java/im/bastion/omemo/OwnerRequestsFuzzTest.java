// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import im.bastion.gate.Interest;
import im.bastion.gate.Passage;
import im.bastion.host.Point;
import im.bastion.host.memory.MemoryPep;
import im.bastion.host.memory.MemoryUsers;
import im.bastion.metric.Counters;
import im.bastion.metric.Health;
import im.bastion.omemo.check.KnownKeys;
import im.bastion.policy.Mode;
import im.bastion.policy.Verdict;
import java.time.Clock;
import java.util.List;
import org.dom4j.Element;
import org.dom4j.QName;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;

/** Whatever a client asks of its nodes, it passes or is refused, and no form that passes holds a number no host reads. */
class OwnerRequestsFuzzTest {
    private static final JID PHONE = new JID("romeo@home.example/phone");
    private static final String PUBSUB = "http://jabber.org/protocol/pubsub";
    private static final String[] NODES = {
        "urn:xmpp:omemo:2:bundles",
        "urn:xmpp:omemo:2:devices",
        "eu.siacs.conversations.axolotl.bundles:1",
        "urn:xmpp:bookmarks:1"
    };
    private static final String[] FIELDS = {
        NodeForm.MAX_ITEMS, NodeForm.ACCESS_MODEL, NodeForm.PERSIST_ITEMS, "pubsub#title", "FORM_TYPE", "other"
    };
    private static final String[] VALUES = {
        "max", "1", "0", "true", "open", "presence", PUBSUB + "#publish-options", "99999999999"
    };

    @FuzzTest(maxDuration = "60s")
    void anyRequestPassesOrIsRefused(FuzzedDataProvider data) {
        MemoryPep pep = new MemoryPep(new MemoryUsers());
        if (data.consumeBoolean()) {
            pep.announce(PepFeatures.PUBLISH_OPTIONS);
        }
        Health health = new Health(Clock.systemUTC());
        OmemoRecord record = new OmemoRecord(event -> {}, new Counters(), health, Clock.systemUTC());
        OwnerRequests requests = new OwnerRequests(
                new PublishRequests(
                        pep,
                        new AwaitedPublishes(Clock.systemUTC()),
                        List.of(new CheckedPublishes(owner -> KnownKeys.NONE, record)),
                        record),
                new ConfigureRequests(pep, record));
        IQ request = request(data);
        Verdict verdict = requests.judge(
                new Passage(Point.ENTERING, request, PHONE, null, PHONE, null, Interest.PEP),
                new OmemoPolicy(Mode.ENFORCE, 256, data.consumeBoolean(), true));
        Element configure = request.getChildElement().element("configure");
        NodeForm form = configure == null ? null : NodeForm.ofConfiguration(configure);
        if (verdict == Verdict.PASS
                && form != null
                && configure.attributeValue("node") != null
                && form.values(NodeForm.MAX_ITEMS).contains("max")) {
            throw new AssertionError(request.toXML());
        }
    }

    private static IQ request(FuzzedDataProvider data) {
        IQ iq = new IQ(IQ.Type.set, "1");
        boolean publish = data.consumeBoolean();
        Element pubsub = iq.setChildElement("pubsub", publish ? PUBSUB : PUBSUB + "#owner");
        Element action = pubsub.addElement(publish ? "publish" : "configure");
        if (data.consumeBoolean()) {
            action.addAttribute("node", data.pickValue(NODES));
        }
        int items = data.consumeInt(0, 3);
        for (int i = 0; i < items; i++) {
            Element item = action.addElement("item");
            if (data.consumeBoolean()) {
                item.addAttribute("id", data.consumeAsciiString(12));
            }
            if (data.consumeBoolean()) {
                item.addElement(QName.get("bundle", "urn:xmpp:omemo:2"))
                        .addElement("ik")
                        .setText("AA==");
            }
        }
        Element parent = publish ? pubsub.addElement("publish-options") : action;
        form(data, parent);
        return iq;
    }

    private static void form(FuzzedDataProvider data, Element parent) {
        Element form = parent.addElement(QName.get("x", "jabber:x:data"));
        form.addAttribute("type", data.consumeBoolean() ? "submit" : data.consumeAsciiString(6));
        int fields = data.consumeInt(0, 6);
        for (int i = 0; i < fields; i++) {
            Element field = form.addElement("field").addAttribute("var", data.pickValue(FIELDS));
            int values = data.consumeInt(0, 2);
            for (int j = 0; j < values; j++) {
                field.addElement("value")
                        .setText(data.consumeBoolean() ? data.pickValue(VALUES) : data.consumeAsciiString(12));
            }
        }
    }
}
