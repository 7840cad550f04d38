// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.policy.IpLiteral;
import im.bastion.relay.stun.AttributeType;
import im.bastion.relay.stun.FirstByteAttribute;
import im.bastion.relay.stun.StunAttribute;
import im.bastion.relay.stun.StunMessage;
import im.bastion.relay.stun.StunMethod;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every reserved address, as IPv4 and inside IPv6, against every way to name a peer, for allocations of both families. */
class DeniedPeersTest {
    private static final String[] RESERVED_IPV4 = {
        "0.0.0.0",
        "0.0.0.1",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.51.100.7",
        "203.0.113.9",
        "224.0.0.251",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255"
    };
    private static final String[] RESERVED_IPV6 = {
        "::", "::1", "64:ff9b::7f00:1", "64:ff9b:1::a00:1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::1",
        "3fff::1", "fc00::1", "fd12:3456::1", "fe80::1", "fec0::1", "ff02::1", "::7f00:1", "::a9fe:a9fe"
    };

    /** A way to name a peer; the answer is whether it was allowed. */
    private enum Way {
        CREATE_PERMISSION,
        CHANNEL_BIND,
        SEND,
        CONNECT,
        INBOUND
    }

    static Stream<String> everyWay() {
        List<String> all = new ArrayList<>();
        for (String family : List.of("IPV4", "IPV6", "BOTH")) {
            for (Way way : Way.values()) {
                all.add(family + " " + way);
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void isDenied(String familyAndWay) {
        String[] parts = familyAndWay.split(" ", -1);
        Way way = Way.valueOf(parts[1]);
        TurnStage stage = new TurnStage();
        stage.limit(1_000, 1_000);
        boolean tcp = way == Way.CONNECT || way == Way.INBOUND;
        if (tcp) {
            if (parts[0].equals("BOTH")) {
                return; // RFC 6062 knows one family for an allocation.
            }
            stage.stream(TurnStage.ROMEO);
        }
        TurnStage.Client romeo = stage.romeo();
        List<StunAttribute> wish = new ArrayList<>();
        wish.add(FirstByteAttribute.of(AttributeType.REQUESTED_TRANSPORT, tcp ? 6 : 17));
        switch (parts[0]) {
            case "IPV6" -> wish.add(FirstByteAttribute.of(AttributeType.REQUESTED_ADDRESS_FAMILY, 2));
            case "BOTH" -> wish.add(FirstByteAttribute.of(AttributeType.ADDITIONAL_ADDRESS_FAMILY, 2));
            default -> {}
        }
        assertThat(romeo.ask(StunMethod.ALLOCATE, wish.toArray(StunAttribute[]::new))
                        .isSuccess())
                .isTrue();
        for (InetAddress denied : reserved()) {
            InetSocketAddress peer = new InetSocketAddress(denied, 7_000);
            assertThat(reaches(stage, romeo, way, peer))
                    .as("%s over %s", denied, familyAndWay)
                    .isFalse();
        }
        assertThat(stage.sockets.sent).isEmpty();
    }

    private static boolean reaches(TurnStage stage, TurnStage.Client romeo, Way way, InetSocketAddress peer) {
        return switch (way) {
            case CREATE_PERMISSION ->
                romeo.permit(peer).isSuccess()
                        || romeo.permit(TurnStage.PEER, peer).isSuccess();
            case CHANNEL_BIND -> romeo.bind(0x4000, peer).isSuccess();
            case SEND -> {
                romeo.permit(peer);
                romeo.sendTo(peer, "boo");
                yield !stage.sockets.sent.isEmpty();
            }
            case CONNECT -> {
                StunMessage request = stage.request(StunMethod.CONNECT);
                Answer answer = romeo.ask(TurnStage.with(request, TurnStage.peer(peer, request)));
                yield answer == null || answer.isSuccess();
            }
            case INBOUND -> {
                romeo.permit(peer);
                MemoryRelayedTcp.Stream stream = new MemoryRelayedTcp.Stream(peer);
                stage.server.peerConnected(stage.sockets.tcp.get(0).allocation, stream, stage.now());
                yield !stream.closed;
            }
        };
    }

    /** As bytes on the wire: IPv4, the same mapped, compatible, translated, 6to4, and what is IPv6 alone. */
    private static List<InetAddress> reserved() {
        List<InetAddress> all = new ArrayList<>();
        for (String text : RESERVED_IPV4) {
            byte[] ipv4 = IpLiteral.parse(text).getAddress();
            all.add(IpLiteral.parse(text));
            String hex = "%02x%02x:%02x%02x".formatted(ipv4[0], ipv4[1], ipv4[2], ipv4[3]);
            for (String prefix : List.of("::", "64:ff9b::", "::ffff:0:")) {
                all.add(IpLiteral.parse(prefix + hex));
            }
            all.add(IpLiteral.parse("2002:" + hex + "::1"));
        }
        for (String text : RESERVED_IPV6) {
            all.add(IpLiteral.parse(text));
        }
        return all;
    }
}
