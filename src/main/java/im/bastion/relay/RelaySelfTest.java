// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay;

import im.bastion.relay.client.TurnClient;
import im.bastion.relay.credential.CredentialBook;
import im.bastion.relay.credential.TurnCredential;
import im.bastion.relay.selftest.SelfTest;
import im.bastion.relay.selftest.SelfTestReport;
import im.bastion.relay.selftest.SelfTestReport.NameCheck;
import im.bastion.relay.selftest.Way;
import im.bastion.relay.turn.Leg;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/** Tests the relay that runs, through the addresses that clients are told and as one of them. */
final class RelaySelfTest {
    /**
     * What the sessions of credentials for tests begin with. No session of an account does, for none has a space. No call
     * names their peers, so the relay takes them for admitted; what nobody may reach stays out of reach.
     */
    static final String SESSION = "self-test ";

    private static final Duration LIFE = Duration.ofMinutes(5);

    private final RunningRelay running;
    private final RelayState state;
    private final Clock clock;

    RelaySelfTest(RunningRelay running, RelayState state, Clock clock) {
        this.running = running;
        this.state = state;
        this.clock = clock;
    }

    SelfTestReport run() throws InterruptedException {
        CredentialBook credentials = running.credentials();
        // An account for each way: a limit for one account must not decide about the others.
        AtomicInteger accounts = new AtomicInteger();
        String sessions = SESSION + "from inside ";
        try {
            return new SelfTestReport(
                    clock.instant(),
                    SelfTest.run(
                            ways(),
                            () -> credential(credentials, sessions + accounts.incrementAndGet()),
                            state.relayed()),
                    state.relayed(),
                    name(),
                    certificate());
        } finally {
            credentials.revoke(session -> session.startsWith(sessions), clock.instant());
        }
    }

    private SelfTest.Credential credential(CredentialBook credentials, String session) {
        TurnCredential minted = credentials.mint(session, session, clock.instant(), LIFE);
        return new SelfTest.Credential(minted.username(), minted.password());
    }

    private List<Way> ways() {
        List<Way> ways = new ArrayList<>();
        for (InetAddress address : state.advertised()) {
            boolean own = state.machine().contains(address);
            add(ways, address, own, true);
            if (!own) {
                state.machine().stream()
                        .filter(local -> local.getClass() == address.getClass() && isListening(local))
                        .findFirst()
                        .ifPresent(local -> add(ways, local, true, false));
            }
        }
        return ways;
    }

    private boolean isListening(InetAddress local) {
        InetAddress bound = running.server().plan().endpoint().listen().getAddress();
        return bound.equals(local) || (bound.isAnyLocalAddress() && !local.isLinkLocalAddress());
    }

    private void add(List<Way> ways, InetAddress address, boolean own, boolean advertised) {
        var services = state.services();
        ways.add(new Way(Leg.UDP, new InetSocketAddress(address, services.port()), own, advertised));
        if (services.tcp()) {
            ways.add(new Way(Leg.TCP, new InetSocketAddress(address, services.port()), own, advertised));
        }
        if (services.tls() != 0) {
            ways.add(new Way(Leg.TLS, new InetSocketAddress(address, services.tls()), own, advertised));
        }
    }

    private NameCheck name() {
        if (state.name().isEmpty()) {
            return null;
        }
        try {
            List<InetAddress> found = List.of(InetAddress.getAllByName(state.name()));
            return new NameCheck(
                    state.name(),
                    found,
                    found.stream()
                            .filter(address -> !state.advertised().contains(address))
                            .toList());
        } catch (UnknownHostException e) {
            return new NameCheck(state.name(), List.of(), List.of());
        }
    }

    private String certificate() {
        if (state.name().isEmpty() || state.services().tls() == 0) {
            return null;
        }
        InetAddress bound = running.server().plan().endpoint().listen().getAddress();
        InetSocketAddress server = new InetSocketAddress(
                bound.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound,
                state.services().tls());
        try (TurnClient client = TurnClient.connectChecking(server, SSLContext.getDefault(), state.name())) {
            var unused = client.mapped();
            return "";
        } catch (IOException | GeneralSecurityException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
