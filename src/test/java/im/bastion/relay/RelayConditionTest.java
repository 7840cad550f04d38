// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.host.memory.MemoryHost;
import im.bastion.metric.Counters;
import im.bastion.metric.Health;
import im.bastion.policy.IpLiteral;
import im.bastion.relay.transport.MachineAddresses;
import im.bastion.settings.Settings;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each thing that can be wrong is named with what to do about it. */
class RelayConditionTest {
    private final MemoryHost host = new MemoryHost();
    private final Settings settings = new Settings(host.properties());
    private final Health health = new Health(Clock.systemUTC());

    @AfterEach
    void close() {
        settings.close();
        host.close();
    }

    @Test
    void saysThatThereIsNoCertificate() throws IOException {
        host.serverCertificates().remove();
        try (RelayFeature relay = start(Clock.systemUTC())) {
            assertThat(relay.allocations()).isZero();
            assertThat(health.of("relay.certificate").state()).isEqualTo(Health.State.DEGRADED);
            assertThat(health.of("relay.certificate").message()).contains("no certificate", "tls-port");
            assertThat(health.of("relay").state()).isEqualTo(Health.State.OK);
            set("tls-port", "0");
            assertThat(health.of("relay.certificate").state()).isEqualTo(Health.State.OK);
        }
    }

    @Test
    void saysThatTheCertificateHasEndedOrWillSoon() throws IOException {
        try (RelayFeature relay = start(Clock.systemUTC())) {
            assertThat(relay.services().state()).isNotNull();
            assertThat(health.of("relay.certificate")).isNull();
        }
        Duration left = Duration.between(
                Clock.systemUTC().instant(),
                ((X509Certificate) host.serverCertificates().presented().get(0).getCertificate())
                        .getNotAfter()
                        .toInstant());
        try (RelayFeature relay = start(Clock.offset(Clock.systemUTC(), left.minusDays(3)))) {
            assertThat(relay.services().state()).isNotNull();
            assertThat(health.of("relay.certificate").state()).isEqualTo(Health.State.DEGRADED);
            assertThat(health.of("relay.certificate").message()).contains("ends at", "Renew it");
        }
        try (RelayFeature relay = start(Clock.offset(Clock.systemUTC(), left.plusDays(3)))) {
            assertThat(relay.services().state()).isNotNull();
            assertThat(health.of("relay.certificate").state()).isEqualTo(Health.State.FAILED);
            assertThat(health.of("relay.certificate").message()).contains("ended at", "Renew it");
        }
    }

    @Test
    void namesTheSysctlWhenTheSystemKeepsTooLittle() {
        RelayCondition condition = new RelayCondition(health, Clock.systemUTC());
        condition.buffers(212_992, 4_194_304);
        assertThat(health.of("relay.buffers").state()).isEqualTo(Health.State.DEGRADED);
        assertThat(health.of("relay.buffers").message())
                .contains("208 KiB of 4096 KiB", "sysctl -w net.core.rmem_max=4194304 net.core.wmem_max=4194304");
        condition.buffers(4_194_304, 4_194_304);
        assertThat(health.of("relay.buffers").state()).isEqualTo(Health.State.OK);
    }

    @Test
    void namesTheAddressThatIsGone() {
        MachineAddresses before =
                new MachineAddresses(List.of(IpLiteral.parse("127.0.0.1"), IpLiteral.parse("93.184.216.34")));
        RelayPlan plan = RelayPlan.of(settings, "home.example", before);
        RelayCondition condition = new RelayCondition(health, Clock.systemUTC());

        condition.addresses(plan, new MachineAddresses(List.of(IpLiteral.parse("127.0.0.1"))));
        assertThat(health.of("relay.addresses").state()).isEqualTo(Health.State.FAILED);
        assertThat(health.of("relay.addresses").message()).contains("no longer has 93.184.216.34", "external-address");
        condition.addresses(plan, before);
        assertThat(health.of("relay.addresses").state()).isEqualTo(Health.State.OK);
    }

    private RelayFeature start(Clock clock) throws IOException {
        set("listen-address", "127.0.0.1");
        set("external-address", "127.0.0.1");
        set("port", String.valueOf(RelayFeatureTest.freePort()));
        set("tls-port", String.valueOf(RelayFeatureTest.freePort()));
        set("mode", "enforce");
        RelayFeature relay = new RelayFeature(host, settings, event -> {}, new Counters(), health, clock);
        relay.start();
        return relay;
    }

    private void set(String name, String value) {
        host.properties().set("plugin.bastion.relay." + name, value);
    }
}
