// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import static im.bastion.omemo.Stanza.iq;
import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.audit.AuditEvent;
import im.bastion.gate.Interest;
import im.bastion.gate.Passage;
import im.bastion.host.Point;
import im.bastion.host.memory.MemoryHost;
import im.bastion.metric.Counters;
import im.bastion.metric.Health;
import im.bastion.omemo.wire.OmemoGeneration;
import im.bastion.policy.Refusal;
import im.bastion.policy.Verdict;
import im.bastion.settings.Settings;
import im.bastion.store.MemoryRecords;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.dom4j.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;

/** A client, the guard and a host in memory. */
abstract class OmemoStage {
    static final JID ROMEO = new JID("romeo@home.example");
    static final JID PHONE = new JID("romeo@home.example/phone");
    static final String BUNDLES = "urn:xmpp:omemo:2:bundles";
    static final String DEVICES = "urn:xmpp:omemo:2:devices";
    static final String LEGACY = "eu.siacs.conversations.axolotl.devicelist";
    static final String BOOKMARKS = "urn:xmpp:bookmarks:1";
    static final String BUNDLE =
            TestBundle.of(OmemoGeneration.OMEMO_2, 101, 25).toElement().asXML();
    static final String ITEM = "<item id='101'>" + BUNDLE + "</item>";
    static final String PUBLISH_OPTIONS = "http://jabber.org/protocol/pubsub#publish-options";

    final MemoryHost host = new MemoryHost();
    final Settings settings = new Settings(host.properties());
    final List<AuditEvent> audit = new ArrayList<>();
    final Counters counters = new Counters();
    final Health health = new Health(Clock.systemUTC());
    OmemoFeature feature;

    @BeforeEach
    void start() {
        feature =
                new OmemoFeature(host, settings, audit::add, counters, health, Clock.systemUTC(), new MemoryRecords());
        feature.start();
    }

    @AfterEach
    void stop() {
        feature.close();
        settings.close();
        host.close();
    }

    void hostReadsOptions() {
        host.pep().announce(PUBLISH_OPTIONS);
        feature.close();
        start();
    }

    void hostMakes(String node, String access, boolean persistent, int maxItems) {
        host.pep()
                .configure(
                        ROMEO,
                        node,
                        Map.of(
                                "pubsub#access_model",
                                access,
                                "pubsub#persist_items",
                                persistent ? "1" : "0",
                                "pubsub#max_items",
                                String.valueOf(maxItems)));
    }

    Verdict enter(IQ request) {
        Passage passage = new Passage(Point.ENTERING, request, PHONE, request.getTo(), PHONE, null, Interest.PEP);
        return feature.guard().judge(passage);
    }

    Refusal refusal(IQ request) {
        assertThat(enter(request)).isInstanceOf(Verdict.Reject.class);
        Verdict again = enter(request);
        return ((Verdict.Reject) again).refusal();
    }

    IQ answer(String xml) {
        IQ answer = iq(xml);
        deliver(answer, Interest.ANSWER);
        return answer;
    }

    void deliver(IQ answer, int classes) {
        Passage passage = new Passage(Point.DELIVERING, answer, answer.getFrom(), answer.getTo(), PHONE, null, classes);
        assertThat(feature.guard().judge(passage)).isEqualTo(Verdict.PASS);
    }

    String discoOfAccount() {
        IQ request = new IQ(IQ.Type.get);
        request.setTo(ROMEO);
        request.setChildElement("query", "http://jabber.org/protocol/disco#info");
        return host.iqServices().ask(request).toXML();
    }

    static IQ configure(String node, String... fields) {
        return iq("<iq type='set' id='c1'><pubsub xmlns='http://jabber.org/protocol/pubsub#owner'><configure node='"
                + node + "'>" + Stanza.form("node_config", fields) + "</configure></pubsub></iq>");
    }

    static String itemId(IQ request) {
        Element publish = request.getChildElement().element("publish");
        return publish.element("item").attributeValue("id");
    }
}
