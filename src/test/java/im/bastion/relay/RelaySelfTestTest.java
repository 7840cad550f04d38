// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.host.memory.MemoryHost;
import im.bastion.metric.Counters;
import im.bastion.metric.Health;
import im.bastion.policy.IpLiteral;
import im.bastion.relay.selftest.Attempt;
import im.bastion.relay.selftest.Attempt.Reach;
import im.bastion.relay.selftest.Failure;
import im.bastion.relay.selftest.SelfTestReport;
import im.bastion.relay.selftest.Step;
import im.bastion.relay.stun.AttributeType;
import im.bastion.relay.stun.FirstByteAttribute;
import im.bastion.relay.stun.StunClass;
import im.bastion.relay.stun.StunMethod;
import im.bastion.relay.turn.Leg;
import im.bastion.settings.Settings;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The relay tests itself, on loopback addresses: 127.0.0.2 is one that the machine answers at without having it. */
class RelaySelfTestTest {
    private final MemoryHost host = new MemoryHost();
    private final Settings settings = new Settings(host.properties());
    private final RelayFeature relay = new RelayFeature(
            host, settings, event -> {}, new Counters(), new Health(Clock.systemUTC()), Clock.systemUTC());
    private final int port = RelayFeatureTest.freePort();
    private final int securePort = RelayFeatureTest.freePort();

    RelaySelfTestTest() throws Exception {}

    @AfterEach
    void close() {
        relay.close();
        settings.close();
        host.close();
    }

    @Test
    void goesEveryWayThroughARelayedPortAndBack() throws Exception {
        set("tls-port", String.valueOf(securePort));
        start("*", "127.0.0.1,::1");

        List<Attempt> attempts = test().attempts();

        assertThat(attempts).extracting(each -> each.way().leg()).containsExactly(legsTwice());
        assertThat(attempts).allSatisfy(each -> {
            assertThat(each.reach()).as(each.toString()).isEqualTo(Reach.ALL);
            assertThat(each.passed()).extracting(Attempt.Timed::step).containsExactly(Step.values());
        });
        assertThat(relay.allocations()).isZero();
    }

    @Test
    void tellsThePortThatReachesUsFromTheRelayedOnesThatDoNot() throws Exception {
        start("127.0.0.1", "127.0.0.2");
        try (UdpForward router = new UdpForward(at("127.0.0.2"), at("127.0.0.1"))) {
            assertThat(router).isNotNull();
            SelfTestReport report = test();

            Attempt udp = advertised(report, Leg.UDP);
            assertThat(udp.reach()).isEqualTo(Reach.PORT_ONLY);
            assertThat(udp.failed()).isEqualTo(Step.TO_CLIENT);
            assertThat(udp.why()).isEqualTo(Failure.NO_ANSWER);
            Attempt tcp = advertised(report, Leg.TCP);
            assertThat(tcp.reach()).isEqualTo(Reach.NONE);
            assertThat(tcp.why()).isEqualTo(Failure.NOBODY_LISTENS);
            assertThat(report.isTranslated()).isTrue();
            assertThat(report.isGood()).isFalse();
            assertThat(report.attempts())
                    .filteredOn(each -> !each.way().advertised())
                    .hasSize(2)
                    .allMatch(each -> each.reach() == Reach.ALL);
        }
    }

    @Test
    void tellsWhatIsDroppedOnTheWay() throws Exception {
        start("127.0.0.1", "127.0.0.2");
        try (DatagramSocket silent = new DatagramSocket(at("127.0.0.2"))) {
            assertThat(silent.isBound()).isTrue();
            Attempt udp = advertised(test(), Leg.UDP);
            assertThat(udp.reach()).isEqualTo(Reach.NONE);
            assertThat(udp.failed()).isEqualTo(Step.MAPPED);
            assertThat(udp.why()).isEqualTo(Failure.NO_ANSWER);
        }
    }

    @Test
    void tellsThatTheRelayRefuses() throws Exception {
        set("max-allocations-per-address", "1");
        start("127.0.0.1", "127.0.0.1");
        try (UdpClient holder = new UdpClient(at("127.0.0.1"))) {
            OutsideTest outside = relay.services().outside();
            holder.login(outside.username(), outside.password());
            assertThat(holder.ask(StunMethod.ALLOCATE, FirstByteAttribute.of(AttributeType.REQUESTED_TRANSPORT, 17))
                            .stunClass())
                    .isEqualTo(StunClass.SUCCESS);
            Attempt udp = advertised(test(), Leg.UDP);
            assertThat(udp.reach()).isEqualTo(Reach.REFUSED);
            assertThat(udp.detail()).isEqualTo("error 486");
        }
    }

    @Test
    void looksWhereTheNameLeadsAndWhoWouldTakeTheCertificate() throws Exception {
        set("tls-port", String.valueOf(securePort));
        set("host-name", "localhost");
        start("127.0.0.1", "127.0.0.1");

        SelfTestReport report = test();

        assertThat(report.name().leadsTo()).contains(IpLiteral.parse("127.0.0.1"));
        assertThat(report.name().strange()).doesNotContain(IpLiteral.parse("127.0.0.1"));
        // Signed by itself, so no client with the usual authorities takes it.
        assertThat(report.certificate()).contains("PKIX");
    }

    @Test
    void hasNothingToTestWhereNothingRuns() throws Exception {
        relay.start();
        assertThat(relay.services().test()).isFalse();
        assertThat(relay.services().state()).isNull();
        assertThat(relay.services().outside()).isNull();
        assertThat(relay.services().tested()).isNull();
    }

    private SelfTestReport test() throws InterruptedException {
        assertThat(relay.services().test()).isTrue();
        return relay.services().tested();
    }

    private static Attempt advertised(SelfTestReport report, Leg leg) {
        return report.attempts().stream()
                .filter(each -> each.way().advertised() && each.way().leg() == leg)
                .findFirst()
                .orElseThrow();
    }

    private static Leg[] legsTwice() {
        return new Leg[] {Leg.UDP, Leg.TCP, Leg.TLS, Leg.UDP, Leg.TCP, Leg.TLS};
    }

    private InetSocketAddress at(String address) {
        return new InetSocketAddress(IpLiteral.parse(address), port);
    }

    private void start(String listen, String external) {
        set("listen-address", listen);
        set("external-address", external);
        set("port", String.valueOf(port));
        if (host.properties().get("plugin.bastion.relay.tls-port") == null) {
            set("tls-port", "0");
        }
        set("mode", "enforce");
        relay.start();
    }

    private void set(String name, String value) {
        host.properties().set("plugin.bastion.relay." + name, value);
    }
}
