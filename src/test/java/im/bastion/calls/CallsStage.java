// SPDX-License-Identifier: Apache-2.0
package im.bastion.calls;

import im.bastion.audit.AuditEvent;
import im.bastion.gate.Gate;
import im.bastion.host.Subscription;
import im.bastion.host.memory.MemoryHost;
import im.bastion.metric.Counters;
import im.bastion.metric.Health;
import im.bastion.policy.IpLiteral;
import im.bastion.policy.Mode;
import im.bastion.settings.Settings;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xmpp.packet.JID;
import org.xmpp.packet.Packet;

/** Calls behind the gate of a server in memory, where romeo and juliet are connected and mercutio is elsewhere. */
final class CallsStage implements AutoCloseable {
    static final String SID = "a73sjjvkla37jfea";
    static final JID MERCUTIO = new JID("mercutio@away.example/phone");

    final MemoryHost host = new MemoryHost();
    final JID romeo = host.users().connect(host.users().register("romeo"), "orchard");
    final JID juliet = host.users().connect(host.users().register("juliet"), "balcony");
    final Settings settings = new Settings(host.properties());
    final List<AuditEvent> audit = new CopyOnWriteArrayList<>();
    final Counters counters = new Counters();
    final Clock clock = Clock.fixed(Instant.parse("2026-12-01T10:00:00Z"), ZoneOffset.UTC);
    final CallsFeature feature = new CallsFeature(host, settings, audit::add, counters, new Health(clock), clock);
    private final Subscription watch;

    CallsStage() {
        settings.set(CallsSettings.MODE, Mode.ENFORCE);
        settings.set(CallsSettings.SIGNALLED_PEERS, Mode.ENFORCE);
        feature.start();
        watch = host.traffic()
                .watch(new Gate(
                        host.domain(), host.rooms(), host.serverSessions(), List.of(feature.guard()), counters));
    }

    /** Whether the request goes on; from elsewhere when its sender is not connected here. */
    boolean says(JID from, JID to, String action, String contents) {
        return passes(Stanzas.iq(from, to, action, SID, contents), from);
    }

    boolean invites(JID from, JID to, String step) {
        return passes(Stanzas.invitation(from, to, step, SID), from);
    }

    boolean passes(Packet stanza, JID from) {
        return host.users().isConnected(from)
                ? host.traffic().fromClient(stanza, from)
                : host.traffic().fromElsewhere(stanza);
    }

    boolean named(JID account, String ip) {
        return feature.named(account.toBareJID(), IpLiteral.parse(ip));
    }

    @Override
    public void close() {
        watch.close();
        feature.close();
        settings.close();
        host.close();
    }
}
