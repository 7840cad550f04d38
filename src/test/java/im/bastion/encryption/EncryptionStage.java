// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption;

import im.bastion.audit.AuditEvent;
import im.bastion.gate.Gate;
import im.bastion.host.StanzaXml;
import im.bastion.host.Subscription;
import im.bastion.host.memory.MemoryHost;
import im.bastion.metric.Counters;
import im.bastion.metric.Health;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.settings.Settings;
import im.bastion.store.MemoryPolicyStore;
import im.bastion.store.MemoryRecords;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.dom4j.Element;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;

/** The policy behind the gate of a server in memory, where romeo and juliet live and mercutio is elsewhere. */
final class EncryptionStage implements AutoCloseable {
    static final JID ROMEO = new JID("romeo@home.example/phone");
    static final String JULIET = "juliet@home.example";
    static final String REMOTE = "mercutio@away.example/phone";
    static final String ALL_OMEMO =
            "{\"domains\":[\"*\"],\"schemes\":{\"omemo-2\":\"require\",\"omemo-legacy\":\"require\"}}";

    final MemoryHost host = new MemoryHost();
    final Settings settings = new Settings(host.properties());
    final MemoryPolicyStore policies = new MemoryPolicyStore();
    final MemoryRecords records = new MemoryRecords();
    final List<AuditEvent> audit = new ArrayList<>();
    final Counters counters = new Counters();
    Instant now = Instant.parse("2026-12-01T10:00:00Z");
    final Clock clock = new Clock() {
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
    };
    final Health health = new Health(clock);
    final JID room = host.rooms().create("den", new JID("owner@home.example"));
    final EncryptionFeature feature =
            new EncryptionFeature(host, settings, policies, audit::add, counters, health, clock, records);
    private final Subscription watch;

    EncryptionStage() {
        settings.set(EncryptionSettings.MODE, Mode.ENFORCE);
        feature.start();
        watch = host.traffic()
                .watch(new Gate(
                        host.domain(), host.rooms(), host.serverSessions(), List.of(feature.guard()), counters));
    }

    /** A rule in enforce. */
    void rule(String name, String body) {
        rule(name, Mode.ENFORCE, body);
    }

    void rule(String name, Mode mode, String body) {
        policies.change(new RuleId("encryption." + name), mode, body, "admin");
    }

    /** Whether the message, from romeo's client, goes on. */
    boolean says(String to, String type, String children) {
        return host.traffic().fromClient(message(ROMEO.toString(), to, type, children), ROMEO);
    }

    /** Whether a chat message from romeo's client goes on. */
    boolean says(String to, String children) {
        return says(to, "chat", children);
    }

    /** Whether the message from no client of this server goes on. */
    boolean arrives(String from, String to, String type, String children) {
        return host.traffic().fromElsewhere(message(from, to, type, children));
    }

    /** The text of the one error that was sent. */
    String error() {
        List<Packet> sent = host.stanzas().sent();
        if (sent.size() != 1) {
            throw new AssertionError("not one answer: " + sent);
        }
        return sent.get(0).getElement().element("error").elementText("text");
    }

    static Message message(String from, String to, String type, String children) {
        Element element = StanzaXml.parse("<message id='m1'>" + children + "</message>");
        Message message = new Message(element, true);
        message.setFrom(new JID(from));
        if (to != null) {
            message.setTo(new JID(to));
        }
        element.addAttribute("type", type);
        return message;
    }

    @Override
    public void close() {
        watch.close();
        feature.close();
        settings.close();
        host.close();
    }
}
