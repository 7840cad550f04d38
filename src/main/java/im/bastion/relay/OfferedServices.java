// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay;

import im.bastion.host.Host;
import im.bastion.host.Subscription;
import im.bastion.policy.Mode;
import im.bastion.relay.offer.OfferPush;
import im.bastion.relay.offer.OfferedRelay;
import im.bastion.relay.offer.OfferedService;
import im.bastion.relay.offer.RelayOffer;
import im.bastion.settings.Settings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.xmpp.packet.JID;

/**
 * What clients are offered: puts the services of the running relay and of others in order, answers who asks, and tells who
 * asked when that changes.
 */
final class OfferedServices implements AutoCloseable {
    /** Plugins that answer the same questions; the server knows one answerer for a question. */
    private static final List<String> RIVALS = List.of("externalservicediscovery");

    private final Host host;
    private final Settings settings;
    private final Clock clock;
    private final OfferPush push;
    private final Subscription ends;
    private Subscription answering = () -> {};
    private volatile RunningRelay running;
    private OfferedRelay told;

    OfferedServices(Host host, Settings settings, Clock clock) {
        this.host = host;
        this.settings = settings;
        this.clock = clock;
        this.push = new OfferPush(host.domain(), host.users(), host.stanzas(), clock);
        this.ends = host.users().onEnd(this::ended);
    }

    /** Offers that relay from here on. */
    void begin(RunningRelay relay) {
        running = relay;
        answer();
    }

    /** Answers again: the plugin that answered meanwhile may have taken our place with it when it left. */
    void answer() {
        answering.close();
        answering = running == null
                ? () -> {}
                : new RelayOffer(host.users(), push, this::offered, clock).publish(host.iqServices());
    }

    /** Offers nothing from here on. */
    void stop() {
        answering.close();
        answering = () -> {};
        running = null;
    }

    /**
     * Tells clients what has changed since they were told last.
     *
     * @param credentials whether those they have are not the latest
     */
    void tell(boolean credentials) {
        OfferedRelay now = running == null ? null : offered();
        push.changed(told, now, credentials);
        told = now;
    }

    /** The plugin that gets in our way, or null. */
    String rival() {
        return RIVALS.stream()
                .filter(name -> host.plugins().isInstalled(name))
                .findFirst()
                .orElse(null);
    }

    /** STUN and UDP first and once: some clients take the first, some the last of a type. */
    private OfferedRelay offered() {
        RunningRelay now = running;
        List<OfferedService> services = new ArrayList<>();
        if (now == null) {
            // It stopped while somebody was asking.
            return new OfferedRelay(services, null, settings.get(RelaySettings.CREDENTIAL_LIFE));
        }
        boolean relays = settings.get(RelaySettings.MODE) == Mode.ENFORCE;
        addOwn(services, now, relays);
        for (OfferedService other : RelaySettings.otherRelays(settings.get(RelaySettings.OTHER_RELAYS))) {
            if (relays || other.type().startsWith("stun")) {
                services.add(other);
            }
        }
        return new OfferedRelay(services, now.credentials(), settings.get(RelaySettings.CREDENTIAL_LIFE));
    }

    private void addOwn(List<OfferedService> services, RunningRelay now, boolean relays) {
        RelayPlan plan = now.server().plan();
        String named = settings.get(RelaySettings.HOST_NAME);
        String at = named.isEmpty() ? plan.offered().getHostAddress() : named;
        int port = now.server().localAddress().getPort();
        services.add(new OfferedService("stun", at, port, "udp"));
        if (!relays) {
            return;
        }
        services.add(new OfferedService("turn", at, port, "udp"));
        if (plan.endpoint().tcp()) {
            services.add(new OfferedService("turn", at, port, "tcp"));
        }
        if (plan.endpoint().tls() != null && now.identity().tls() != null) {
            services.add(new OfferedService("turns", at, plan.endpoint().tls().getPort(), "tcp"));
        }
    }

    /** What was minted for the session, or for all sessions of the account, is worth nothing any more. */
    private void ended(JID who) {
        RunningRelay now = running;
        push.forget(who);
        if (now == null) {
            return;
        }
        if (who.getResource() != null) {
            now.credentials().revoke(who.toString(), clock.instant());
        } else {
            now.credentials().revoke(session -> session.startsWith(who + "/"), clock.instant());
        }
    }

    @Override
    public void close() {
        ends.close();
        stop();
    }
}
