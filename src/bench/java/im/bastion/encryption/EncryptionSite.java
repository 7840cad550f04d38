// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption;

import im.bastion.gate.Gate;
import im.bastion.host.Point;
import im.bastion.host.StanzaXml;
import im.bastion.host.Traffic;
import im.bastion.host.memory.MemoryHost;
import im.bastion.metric.Counters;
import im.bastion.metric.Health;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.settings.Settings;
import im.bastion.store.MemoryPolicyStore;
import im.bastion.store.MemoryRecords;
import java.time.Clock;
import java.util.List;
import org.dom4j.Element;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;
import org.xmpp.packet.Presence;

/** A gate with the encryption policy alone, enforced for everybody, with 1,000 more rules for single users. */
final class EncryptionSite implements AutoCloseable {
    private static final int OTHER_RULES = 1_000;
    private static final String REQUIRE = "\"schemes\":{\"omemo-2\":\"require\",\"omemo-legacy\":\"require\"}}";

    private final MemoryHost host = new MemoryHost();
    private final Settings settings = new Settings(host.properties());
    private final JID client = new JID("kim@home.example/phone");
    private final EncryptionFeature feature;
    private final Packet packet;
    private final Gate gate;
    private final Gate empty;

    /** @param stanza what comes in */
    EncryptionSite(String stanza) {
        packet = packet(stanza);
        packet.setFrom(client);
        packet.setTo("lee@home.example/desk");
        MemoryPolicyStore policies = new MemoryPolicyStore();
        define(policies, "everybody", "{\"domains\":[\"*\"]," + REQUIRE);
        for (int i = 0; i < OTHER_RULES; i++) {
            define(policies, "user-" + i, "{\"users\":[\"user" + i + "@home.example\"]," + REQUIRE);
        }
        settings.set(EncryptionSettings.MODE, Mode.ENFORCE);
        Clock clock = Clock.systemUTC();
        Counters counters = new Counters();
        feature = new EncryptionFeature(
                host, settings, policies, event -> {}, counters, new Health(clock), clock, new MemoryRecords());
        feature.start();
        gate = new Gate(host.domain(), host.rooms(), host.serverSessions(), List.of(feature.guard()), counters);
        empty = new Gate(host.domain(), host.rooms(), host.serverSessions(), List.of(), counters);
    }

    /** The stanza comes in. */
    Traffic.Stop enter() {
        return gate.look(Point.ENTERING, packet, client, null);
    }

    /** The stanza comes in where no guard is. */
    Traffic.Stop enterUnguarded() {
        return empty.look(Point.ENTERING, packet, client, null);
    }

    @Override
    public void close() {
        feature.close();
        settings.close();
        host.close();
    }

    private static Packet packet(String stanza) {
        return switch (stanza) {
            case "presence" -> new Presence();
            case "iq" -> {
                IQ iq = new IQ(IQ.Type.get);
                iq.setChildElement("query", "jabber:iq:roster");
                yield iq;
            }
            case "chat-state" -> message("<composing xmlns='http://jabber.org/protocol/chatstates'/>");
            case "omemo-legacy" -> message(Sample.legacy() + Sample.body(Sample.NOTICE));
            case "omemo-2" -> message(Sample.omemo2() + "<store xmlns='urn:xmpp:hints'/>");
            default -> throw new IllegalArgumentException(stanza);
        };
    }

    private static Message message(String children) {
        Element element = StanzaXml.parse("<message type='chat' id='m1'>" + children + "</message>");
        return new Message(element, true);
    }

    private static void define(MemoryPolicyStore policies, String name, String body) {
        policies.change(new RuleId("encryption." + name), Mode.ENFORCE, body, "bench");
    }
}
