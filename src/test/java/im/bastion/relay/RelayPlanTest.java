// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.bastion.host.memory.MemoryProperties;
import im.bastion.policy.IpLiteral;
import im.bastion.relay.transport.CannotListenException;
import im.bastion.relay.transport.MachineAddresses;
import im.bastion.settings.Settings;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RelayPlanTest {
    private static final MachineAddresses MACHINE = new MachineAddresses(
            addresses("127.0.0.1", "::1", "fe80::1", "192.168.1.5", "93.184.216.34", "fd00::5", "2a00::5"));
    private final MemoryProperties properties = new MemoryProperties();
    private final Settings settings = new Settings(properties);

    @Test
    void takesTheMostPublicAddressOfEachFamilyUnlessToldAnother() {
        assertThat(plan().endpoint().relayed()).containsExactlyElementsOf(addresses("93.184.216.34", "2a00::5"));
        assertThat(plan().guessed()).isTrue();
        set("external-address", "2a00::9, 8.8.8.8");
        assertThat(plan().endpoint().relayed()).containsExactlyElementsOf(addresses("2a00::9", "8.8.8.8"));
        assertThat(plan().offered()).isEqualTo(IpLiteral.parse("8.8.8.8"));
        assertThat(plan().guessed()).isFalse();
    }

    @Test
    void listeningOnOneAddressItRelaysThereToo() {
        set("listen-address", "192.168.1.5");
        assertThat(plan().endpoint().relayed()).containsExactlyElementsOf(addresses("192.168.1.5"));
        set("external-address", "8.8.8.8");
        assertThat(plan().endpoint().relayed()).containsExactlyElementsOf(addresses("8.8.8.8"));
        assertThat(plan().endpoint().bindRelayed()).isEqualTo(IpLiteral.parse("192.168.1.5"));
        set("external-address", "2a00::9");
        assertThatThrownBy(this::plan).hasMessageContaining("plugin.bastion.relay.external-address must be set");
    }

    @Test
    void relayedAddressesAreReachableAndAllOthersOfThisMachineAreNot() {
        var peers = plan().peers(Set.of());
        assertThat(peers.admits(IpLiteral.parse("93.184.216.34"))).isTrue();
        assertThat(peers.admitsPort(new InetSocketAddress(IpLiteral.parse("93.184.216.34"), 49_200)))
                .isTrue();
        assertThat(peers.admitsPort(new InetSocketAddress(IpLiteral.parse("93.184.216.34"), 3_478)))
                .isFalse();
        set("external-address", "8.8.8.8");
        assertThat(plan().peers(Set.of()).admits(IpLiteral.parse("93.184.216.34")))
                .isFalse();
    }

    @Test
    void namesSettingsThatDoNotFitTogether() {
        set("min-port", "50000");
        assertThatThrownBy(this::plan)
                .hasMessage("plugin.bastion.relay.min-port (50000) must not be greater than "
                        + "plugin.bastion.relay.max-port (49407).");
        set("max-port", "50010");
        set("port", "50005");
        assertThatThrownBy(this::plan)
                .hasMessage("plugin.bastion.relay.port (50005) must lie outside the range of relayed ports, "
                        + "50000 to 50010.");
    }

    @Test
    void saysWhatToDoWhenItCannotListen() {
        assertThat(cannotListen("UDP", 3478, "Address already in use"))
                .isEqualTo("UDP port 3478 on all addresses is in use. Stop the program that holds it, or set "
                        + "plugin.bastion.relay.port to another port.");
        assertThat(cannotListen("TCP", 5349, "Address already in use"))
                .startsWith("TCP port 5349 on all addresses is in use.")
                .contains("plugin.bastion.relay.tls-port");
        set("listen-address", "192.168.1.6");
        assertThat(cannotListen("UDP", 3478, "Cannot assign requested address"))
                .startsWith(
                        "UDP port 3478 on 192.168.1.6 cannot be had, because this machine does not have the address.")
                .contains("plugin.bastion.relay.listen-address");
        assertThat(cannotListen("UDP", 3478, "Permission denied")).contains("(Permission denied)");
    }

    @Test
    void goesOnWithoutWhatIsOptional() {
        set("dtls-port", "5349");
        RelayPlan plan = plan();
        assertThat(plan.without(failure("TCP", 5349, "")).endpoint().tls()).isNull();
        assertThat(plan.without(failure("TCP", 5349, "")).endpoint().tcp()).isTrue();
        assertThat(plan.without(failure("TCP", 3478, "")).endpoint().tcp()).isFalse();
        assertThat(plan.without(failure("UDP", 5349, "")).endpoint().dtls()).isNull();
        assertThat(plan.without(failure("UDP", 3478, ""))).isNull();
    }

    @Test
    void behaviourDiscoveryNeedsTwoAddresses() {
        set("discovery-address", "192.168.1.5");
        assertThatThrownBy(this::plan).hasMessageContaining("plugin.bastion.relay.listen-address, and not *");
        set("listen-address", "93.184.216.34");
        assertThat(plan().endpoint().discovery().port()).isEqualTo(3_479);
    }

    private String cannotListen(String protocol, int port, String reason) {
        return plan().cannotListen(failure(protocol, port, reason));
    }

    private CannotListenException failure(String protocol, int port, String reason) {
        return new CannotListenException(
                protocol,
                new InetSocketAddress(plan().endpoint().listen().getAddress(), port),
                new BindException(reason));
    }

    @Test
    void theXmppDomainIsTheRealmUnlessToldAnother() {
        assertThat(plan().realm()).isEqualTo("home.example");
        set("realm", "calls.example");
        assertThat(plan().realm()).isEqualTo("calls.example");
    }

    @Test
    void findsTheAddressesOfThisMachine() throws Exception {
        assertThat(MachineAddresses.now().all()).contains(InetAddress.getLoopbackAddress());
        assertThat(MachineAddresses.now().mostPublic()).isNotEmpty();
    }

    private RelayPlan plan() {
        return RelayPlan.of(settings, "home.example", MACHINE);
    }

    private void set(String name, String value) {
        properties.set("plugin.bastion.relay." + name, value);
    }

    private static List<InetAddress> addresses(String... texts) {
        return Stream.of(texts).map(IpLiteral::parse).toList();
    }
}
