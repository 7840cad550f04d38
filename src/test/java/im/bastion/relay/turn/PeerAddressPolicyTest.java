// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.policy.AddressRange;
import im.bastion.policy.IpLiteral;
import im.bastion.relay.stun.AttributeType;
import im.bastion.relay.stun.StunAttribute;
import im.bastion.relay.stun.StunFormatException;
import im.bastion.relay.stun.TransactionId;
import im.bastion.relay.stun.XorAddressAttribute;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeerAddressPolicyTest {
    private static final TransactionId ID = new TransactionId(0x01020304, 0x05060708, 0x090a0b0c);
    private static final InetAddress RELAYED = IpLiteral.parse("8.8.8.8");
    private static final InetAddress OWN = IpLiteral.parse("8.8.4.4");
    private static final InetAddress DATABASE = IpLiteral.parse("10.9.0.5");
    private static final PeerAddressPolicy.Here HERE =
            new PeerAddressPolicy.Here(Set.of(RELAYED), Set.of(OWN), Set.of(DATABASE), 50_000, 50_010);
    private static final PeerAddressPolicy.Decisions LOOPBACK =
            new PeerAddressPolicy.Decisions(List.of(), List.of(), true);
    private final PeerAddressPolicy policy = new PeerAddressPolicy(HERE, PeerAddressPolicy.Decisions.NONE);

    /** First and last address of each reserved IPv4 range. */
    private static final String[] RESERVED_IPV4 = {
        "0.0.0.0",
        "0.255.255.255",
        "10.0.0.0",
        "10.255.255.255",
        "100.64.0.0",
        "100.127.255.255",
        "127.0.0.0",
        "127.0.0.1",
        "127.255.255.255",
        "169.254.0.0",
        "169.254.169.254",
        "169.254.255.255",
        "172.16.0.0",
        "172.31.255.255",
        "192.0.0.0",
        "192.0.0.255",
        "192.0.2.0",
        "192.0.2.255",
        "192.88.99.0",
        "192.88.99.255",
        "192.168.0.0",
        "192.168.255.255",
        "198.18.0.0",
        "198.19.255.255",
        "198.51.100.0",
        "198.51.100.255",
        "203.0.113.0",
        "203.0.113.255",
        "224.0.0.0",
        "239.255.255.255",
        "240.0.0.0",
        "255.255.255.255"
    };

    static Stream<String> reservedInEveryNotation() {
        return Stream.of(RESERVED_IPV4).flatMap(ipv4 -> {
            byte[] b = IpLiteral.parse(ipv4).getAddress();
            String hex = "%02x%02x:%02x%02x".formatted(b[0], b[1], b[2], b[3]);
            return Stream.of(
                    ipv4,
                    "::ffff:" + ipv4,
                    "::" + hex,
                    "64:ff9b::" + hex,
                    "64:ff9b:1::" + hex,
                    "2002:" + hex + "::1",
                    "2001:0:" + hex + "::",
                    "::ffff:0:" + hex);
        });
    }

    @ParameterizedTest
    @MethodSource("reservedInEveryNotation")
    void deniesReservedAddressesHoweverTheyAreWritten(String text) throws StunFormatException {
        assertThat(policy.admits(asFromTheWire(text))).as(text).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::", "::1", "100::1", "2001::1", "2001:db8::1", "2001:10::1", "2002::1", "3fff::1", "5f00::1",
                "fc00::1", "fdff:ffff::1", "fe80::1", "febf::1", "fec0::1", "feff::1", "ff00::1", "ff02::1", "ffff::1",
                "1fff:ffff::1", "4000::1"
            })
    void deniesReservedIpv6Addresses(String text) throws StunFormatException {
        assertThat(policy.admits(asFromTheWire(text))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0.0.0", "9.255.255.255", "11.0.0.0", "93.184.216.34", "100.63.255.255", "100.128.0.0",
                "126.255.255.255", "128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0",
                "192.0.1.0", "192.0.3.0", "192.88.98.255", "192.167.255.255", "192.169.0.0", "198.17.255.255",
                "198.20.0.0", "203.0.112.255", "203.0.114.0", "223.255.255.255", "2000::1", "2001:200::1",
                "2001:470::1", "2003::1", "2a00:1450::1", "3ffe::1"
            })
    void admitsTheNeighboursOfReservedRanges(String text) throws StunFormatException {
        assertThat(policy.admits(asFromTheWire(text))).isTrue();
    }

    @Test
    void deniesThisMachineButForItsRelayedPorts() {
        assertThat(policy.admits(OWN)).isFalse();
        assertThat(policy.admits(RELAYED)).isTrue();
        assertThat(policy.admitsPort(new InetSocketAddress(RELAYED, 50_000))).isTrue();
        assertThat(policy.admitsPort(new InetSocketAddress(RELAYED, 50_010))).isTrue();
        assertThat(policy.admitsPort(new InetSocketAddress(RELAYED, 50_011))).isFalse();
        assertThat(policy.admitsPort(new InetSocketAddress(RELAYED, 3_478))).isFalse();
        assertThat(policy.admitsPort(TurnStage.address("93.184.216.34", 53))).isTrue();
    }

    @Test
    void theTestSwitchOpensLoopbackAndNothingElse() {
        PeerAddressPolicy open = new PeerAddressPolicy(HERE, LOOPBACK);
        assertThat(open.admits(IpLiteral.parse("127.0.0.1"))).isTrue();
        assertThat(open.admits(IpLiteral.parse("::1"))).isTrue();
        assertThat(open.admits(IpLiteral.parse("0.0.0.0"))).isFalse();
        assertThat(open.admits(IpLiteral.parse("10.0.0.1"))).isFalse();
    }

    @Test
    void relayedAddressesOnLoopbackAreOpenOnlyInTheirRange() {
        InetAddress loopback = IpLiteral.parse("127.0.0.1");
        PeerAddressPolicy.Here here = new PeerAddressPolicy.Here(Set.of(loopback), Set.of(), Set.of(), 50_000, 50_010);
        PeerAddressPolicy closed = new PeerAddressPolicy(here, PeerAddressPolicy.Decisions.NONE);
        assertThat(closed.admits(loopback)).isTrue();
        assertThat(closed.admitsPort(new InetSocketAddress(loopback, 50_005))).isTrue();
        assertThat(closed.admitsPort(new InetSocketAddress(loopback, 9_090))).isFalse();
        assertThat(new PeerAddressPolicy(here, LOOPBACK).admitsPort(new InetSocketAddress(loopback, 9_090)))
                .isTrue();
    }

    @Test
    void anAdminOpensALocalNetworkAndClosesWhatIsHisOwn() {
        PeerAddressPolicy decided = new PeerAddressPolicy(
                HERE,
                new PeerAddressPolicy.Decisions(
                        List.of(AddressRange.of("10.1.2.3"), AddressRange.of("93.184.216.0/24")),
                        List.of(
                                AddressRange.of("10.0.0.0/8"),
                                AddressRange.of("8.8.4.0/24"),
                                AddressRange.of("fd00::/16")),
                        false));
        assertThat(decided.admits(IpLiteral.parse("10.9.9.9"))).isTrue();
        assertThat(decided.denial(DATABASE).reason()).isEqualTo(PeerRefusals.Reason.INFRASTRUCTURE);
        assertThat(decided.admits(IpLiteral.parse("fd00::1"))).isTrue();
        assertThat(decided.admits(IpLiteral.parse("10.1.2.3")))
                .as("denied inside of what is allowed")
                .isFalse();
        assertThat(decided.admits(IpLiteral.parse("93.184.216.34"))).isFalse();
        assertThat(decided.admits(OWN)).as("this machine, whatever is allowed").isFalse();
        assertThat(decided.admits(IpLiteral.parse("192.168.1.1"))).isFalse();
    }

    /** The address as it looks after the codec: raw bytes, as an attacker would send them, not what Java made of the text. */
    private static InetAddress asFromTheWire(String text) throws StunFormatException {
        byte[] bytes = text.startsWith("::ffff:") && text.contains(".")
                ? mapped(IpLiteral.parse(text).getAddress())
                : IpLiteral.parse(text).getAddress();
        ByteBuffer pad = ByteBuffer.allocate(16)
                .putInt(0x2112A442)
                .putInt(0x01020304)
                .putInt(0x05060708)
                .putInt(0x090a0b0c);
        ByteBuffer value = ByteBuffer.allocate(4 + bytes.length)
                .putShort((short) (bytes.length == 4 ? 1 : 2))
                .putShort((short) 9);
        for (int i = 0; i < bytes.length; i++) {
            value.put((byte) (bytes[i] ^ pad.get(i)));
        }
        return XorAddressAttribute.read(new StunAttribute(AttributeType.XOR_PEER_ADDRESS, value.array()), ID)
                .getAddress();
    }

    private static byte[] mapped(byte[] ipv4) {
        return ByteBuffer.allocate(16)
                .position(10)
                .putShort((short) -1)
                .put(ipv4)
                .array();
    }
}
