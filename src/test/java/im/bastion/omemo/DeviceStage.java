// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.audit.AuditEvent;
import im.bastion.audit.keylog.KeyFact;
import im.bastion.gate.Interest;
import im.bastion.gate.Passage;
import im.bastion.host.Pep;
import im.bastion.host.Point;
import im.bastion.host.memory.MemoryHost;
import im.bastion.metric.Counters;
import im.bastion.metric.Health;
import im.bastion.omemo.device.DeviceChange;
import im.bastion.omemo.race.ListMerge;
import im.bastion.omemo.wire.Bundle;
import im.bastion.omemo.wire.DeviceList;
import im.bastion.omemo.wire.OmemoGeneration;
import im.bastion.omemo.wire.OmemoNode;
import im.bastion.policy.Refusal;
import im.bastion.policy.Verdict;
import im.bastion.settings.Settings;
import im.bastion.store.MemoryRecords;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.dom4j.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;

/** Romeo's clients, a reader, the guard and a host in memory that does what hosts do with publishes. */
abstract class DeviceStage {
    static final JID ROMEO = new JID("romeo@home.example");
    static final JID PHONE = new JID("romeo@home.example/phone");
    static final JID LAPTOP = new JID("romeo@home.example/laptop");
    static final JID JULIET = new JID("juliet@home.example/balcony");
    static final JID STRANGER = new JID("tybalt@far.example/street");
    static final OmemoGeneration LEGACY = OmemoGeneration.LEGACY;
    static final OmemoGeneration OMEMO_2 = OmemoGeneration.OMEMO_2;
    static final Duration SOON = Duration.ofSeconds(10);
    private static final String PUBSUB = "http://jabber.org/protocol/pubsub";

    final MemoryHost host = new MemoryHost();
    final Settings settings = new Settings(host.properties());
    final List<AuditEvent> audit = new CopyOnWriteArrayList<>();
    final List<KeyFact> keys = new CopyOnWriteArrayList<>();
    final List<DeviceChange> changes = new CopyOnWriteArrayList<>();
    final Counters counters = new Counters();
    final MemoryRecords records = new MemoryRecords();
    final MovingClock clock = new MovingClock();
    OmemoFeature feature;
    private int requests;

    /** Stands still until it is moved. */
    static final class MovingClock extends Clock {
        private volatile Instant now = Instant.parse("2026-01-01T12:00:00Z");

        void move(Duration step) {
            now = now.plus(step);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @BeforeEach
    void start() {
        host.users().register("romeo");
        host.users().connect(ROMEO, "phone");
        host.users().connect(ROMEO, "laptop");
        feature = new OmemoFeature(host, settings, audit::add, keys::add, counters, new Health(clock), clock, records);
        feature.onDeviceChange(changes::add);
        feature.start();
    }

    @AfterEach
    void stop() {
        feature.close();
        settings.close();
        host.close();
    }

    void restart() {
        feature.close();
        start();
    }

    /** Waits until the guard has dealt with everything so far. */
    void settle() throws InterruptedException {
        assertThat(feature.settle(SOON)).isTrue();
    }

    /** Publishes a list as a client does; null when it was let through, and then the host has it. */
    Refusal publish(JID client, OmemoGeneration generation, Integer... devices) {
        return publish(client, OmemoNode.devices(generation), "current", list(generation, devices));
    }

    Refusal publish(JID client, int device, Bundle bundle) {
        boolean legacy = bundle.generation() == LEGACY;
        return publish(
                client,
                legacy ? OmemoNode.legacyBundles(device) : OmemoNode.bundles(bundle.generation()),
                legacy ? "current" : String.valueOf(device),
                bundle.toElement());
    }

    private Refusal publish(JID client, String nodeId, String itemId, Element payload) {
        IQ request = entering(client, nodeId, itemId, payload);
        Verdict verdict = enter(client, request);
        if (verdict instanceof Verdict.Reject reject) {
            return reject.refusal();
        }
        handle(client, request);
        return null;
    }

    /** A publish that the host has not handled yet. */
    IQ entering(JID client, String nodeId, String itemId, Element payload) {
        IQ request = new IQ(IQ.Type.set, "r" + requests++);
        Element publish =
                request.setChildElement("pubsub", PUBSUB).addElement("publish").addAttribute("node", nodeId);
        publish.addElement("item").addAttribute("id", itemId).add(payload);
        return request;
    }

    Verdict enter(JID client, IQ request) {
        return feature.guard().judge(new Passage(Point.ENTERING, request, client, null, client, null, Interest.PEP));
    }

    /** What the host does with a publish that came through. */
    void handle(JID client, IQ request) {
        accept(client, request);
        store(client, request);
    }

    /** The host answers. */
    void accept(JID client, IQ request) {
        Element publish = request.getChildElement().element("publish");
        host.pep().configure(client, publish.attributeValue("node"), Map.of("pubsub#max_items", "9"));
        IQ result = new IQ(IQ.Type.result, request.getID());
        result.setTo(client);
        feature.guard().judge(new Passage(Point.DELIVERING, result, null, client, client, null, Interest.ANSWER));
        assertThat(result.getType()).isEqualTo(IQ.Type.result);
    }

    /** The host puts the item into memory. */
    void store(JID client, IQ request) {
        Element publish = request.getChildElement().element("publish");
        Element item = publish.element("item");
        host.pep()
                .publish(
                        client,
                        publish.attributeValue("node"),
                        item.attributeValue("id"),
                        item.elements().get(0));
    }

    /** What a reader who asks for a list gets. */
    Set<Integer> fetch(JID reader, OmemoGeneration generation) {
        IQ result = new IQ(IQ.Type.result, "f" + requests++);
        result.setFrom(ROMEO);
        result.setTo(reader);
        Element items = result.setChildElement("pubsub", PUBSUB)
                .addElement("items")
                .addAttribute("node", OmemoNode.devices(generation));
        addStored(items, generation);
        deliver(reader, result, Interest.PEP_RESULT);
        return ids(items, generation);
    }

    /** What a reader who is told of a list is told. */
    Set<Integer> hear(JID reader, OmemoGeneration generation) {
        Message event = new Message();
        event.setFrom(ROMEO);
        event.setTo(reader);
        Element items = event.getElement()
                .addElement("event", PUBSUB + "#event")
                .addElement("items")
                .addAttribute("node", OmemoNode.devices(generation));
        addStored(items, generation);
        host.stanzas().forget();
        Packet told = event;
        if (deliver(reader, event, Interest.PEP_EVENT) == Verdict.SWALLOW) {
            told = host.stanzas().sent().get(0);
            assertThat(deliver(reader, told, Interest.PEP_EVENT)).isEqualTo(Verdict.PASS);
        }
        return ids(told.getElement().element("event").element("items"), generation);
    }

    Set<Integer> stored(OmemoGeneration generation) {
        List<Pep.Item> items = host.pep().items(ROMEO, OmemoNode.devices(generation));
        return items.isEmpty()
                ? Set.of()
                : ListMerge.ids(generation, items.get(0).payload());
    }

    static Element list(OmemoGeneration generation, Integer... devices) {
        return new DeviceList(
                        generation,
                        Arrays.stream(devices)
                                .map(id -> new DeviceList.Device(id, "", ""))
                                .toList())
                .toElement();
    }

    List<String> actions() {
        return audit.stream().map(AuditEvent::action).toList();
    }

    List<DeviceChange.Kind> kinds(int device) {
        return changes.stream()
                .filter(change -> change.device() == device)
                .map(DeviceChange::kind)
                .toList();
    }

    List<String> messagesTo(JID session) {
        List<String> bodies = new ArrayList<>();
        for (Packet sent : host.stanzas().sent()) {
            if (sent instanceof Message message && session.equals(message.getTo()) && message.getBody() != null) {
                bodies.add(message.getBody());
            }
        }
        return bodies;
    }

    private Verdict deliver(JID reader, Packet stanza, int classes) {
        boolean local = reader.getDomain().equals("home.example");
        return feature.guard()
                .judge(new Passage(
                        local ? Point.DELIVERING : Point.LEAVING,
                        stanza,
                        stanza.getFrom(),
                        stanza.getTo(),
                        local ? reader : null,
                        null,
                        classes));
    }

    private void addStored(Element items, OmemoGeneration generation) {
        host.pep().items(ROMEO, OmemoNode.devices(generation)).forEach(item -> items.addElement("item")
                .addAttribute("id", item.id())
                .add(item.payload().createCopy()));
    }

    private static Set<Integer> ids(Element items, OmemoGeneration generation) {
        Element item = items.element("item");
        return item == null
                ? Set.of()
                : ListMerge.ids(generation, item.elements().get(0));
    }
}
