// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay;

import im.bastion.metric.Health;
import im.bastion.relay.transport.MachineAddresses;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Tells how the relay is, and what to do about what is wrong. */
final class RelayCondition {
    private static final String RELAY = "relay";
    private static final String CERTIFICATE = "relay.certificate";
    private static final String BUFFERS = "relay.buffers";
    private static final String ADDRESSES = "relay.addresses";
    /** Long enough to renew it in time. */
    private static final Duration SOON = Duration.ofDays(14);

    private final Health health;
    private final Clock clock;

    RelayCondition(Health health, Clock clock) {
        this.health = health;
        this.clock = clock;
    }

    /** It does not run, because it is not to. */
    void off() {
        health.ok(RELAY);
        forget();
    }

    /** It does not run as the settings want it. */
    void failed(String why, boolean runs) {
        health.failed(RELAY, why + (runs ? " Until then the relay runs as before." : ""));
        if (!runs) {
            forget();
        }
    }

    private void forget() {
        List.of(CERTIFICATE, BUFFERS, ADDRESSES).forEach(this::fine);
    }

    /** What was never wrong need not be said to be right. */
    private void fine(String part) {
        if (health.of(part) != null) {
            health.ok(part);
        }
    }

    /**
     * It runs.
     *
     * @param rival a plugin that gets in its way, or null
     */
    void runs(RunningRelay running, String rival, MachineAddresses machine) {
        RelayPlan plan = running.server().wanted();
        if (rival != null) {
            health.degraded(
                    RELAY,
                    ("The plugin %s answers clients' questions for relays too, and the server knows one answerer only. "
                                    + "Remove it: Bastion offers the relays of %s beside its own.")
                            .formatted(rival, RelaySettings.OTHER_RELAYS.key()));
        } else if (plan.guessed() && !MachineAddresses.isPublic(plan.offered())) {
            health.degraded(
                    RELAY,
                    "Clients are told to reach the relay at %s, which only neighbours can. Set %s to this server's public address."
                            .formatted(plan.offered().getHostAddress(), RelaySettings.EXTERNAL_ADDRESS.key()));
        } else if (!running.server().missing().isEmpty()) {
            health.degraded(RELAY, String.join(" ", running.server().missing()));
        } else {
            health.ok(RELAY);
        }
        certificate(running);
        buffers(running.server().grantedBufferBytes(), running.server().wantedBufferBytes());
        addresses(plan, machine);
    }

    private void certificate(RunningRelay running) {
        var endpoint = running.server().plan().endpoint();
        Instant ends = running.identity().expires();
        Instant now = clock.instant();
        if (endpoint.tls() == null && endpoint.dtls() == null) {
            fine(CERTIFICATE);
        } else if (ends == null) {
            health.degraded(
                    CERTIFICATE,
                    ("The server has no certificate it can use, so no client can come over TLS. Give it one on the console's page "
                                    + "of certificates, which the relay follows at once; or set %s to 0.")
                            .formatted(RelaySettings.TLS_PORT.key()));
        } else if (ends.isBefore(now)) {
            health.failed(
                    CERTIFICATE,
                    "The server's certificate ended at %s, so clients refuse to come over TLS. Renew it; the relay follows at once."
                            .formatted(ends));
        } else if (ends.isBefore(now.plus(SOON))) {
            health.degraded(
                    CERTIFICATE,
                    "The server's certificate ends at %s, and clients will refuse to come over TLS then. Renew it; the relay follows at once."
                            .formatted(ends));
        } else {
            fine(CERTIFICATE);
        }
    }

    void buffers(int granted, int wanted) {
        if (granted >= wanted) {
            fine(BUFFERS);
        } else {
            health.degraded(
                    BUFFERS,
                    ("The system gives the relay %d KiB of %d KiB to keep packets in that come at once, so a busy relay loses some. "
                                    + "As root: sysctl -w net.core.rmem_max=%3$d net.core.wmem_max=%3$d, the same into a file in "
                                    + "/etc/sysctl.d for the next start, and switch the relay off and on.")
                            .formatted(granted / 1_024, wanted / 1_024, wanted));
        }
    }

    /** Whether addresses it needs are no longer there: an interface is down, or has another one now. */
    void addresses(RelayPlan plan, MachineAddresses machine) {
        List<InetAddress> gone = plan.gone(machine);
        if (gone.isEmpty()) {
            fine(ADDRESSES);
            return;
        }
        health.failed(
                ADDRESSES,
                ("This machine no longer has %s, where clients are told to find the relay. Bring the interface up again, after "
                                + "which the relay goes on by itself; or set %s and %s to an address it has.")
                        .formatted(
                                gone.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", ")),
                                RelaySettings.LISTEN_ADDRESS.key(),
                                RelaySettings.EXTERNAL_ADDRESS.key()));
    }
}
