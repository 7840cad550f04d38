// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.setup;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.policy.IpLiteral;
import java.util.List;
import org.junit.jupiter.api.Test;

class FirewallTest {
    private static final List<Opening> OPENINGS =
            List.of(Opening.of(true, 3_478), Opening.of(false, 5_349), new Opening(true, 49_152, 49_407));

    @Test
    void saysItInTheWordsOfEach() {
        assertThat(Firewall.UFW.text(OPENINGS))
                .isEqualTo("ufw allow 3478/udp\nufw allow 5349/tcp\nufw allow 49152:49407/udp");
        assertThat(Firewall.FIREWALLD.text(OPENINGS))
                .contains("firewall-cmd --permanent --add-port=49152-49407/udp")
                .endsWith("\nfirewall-cmd --reload");
        assertThat(Firewall.NFTABLES.text(OPENINGS))
                .contains("nft add rule inet filter input udp dport 49152-49407 accept");
        assertThat(Firewall.CLOUD.text(OPENINGS)).contains("UDP 49152–49407").contains("TCP 5349");
    }

    @Test
    void namesEachServiceThereIsAndNoOther() {
        String all = DnsRecords.text(
                "home.example",
                "turn.home.example",
                List.of(IpLiteral.parse("8.8.8.8"), IpLiteral.parse("2a00::1")),
                new DnsRecords.Services(3_478, true, 5_349, 0));

        assertThat(all.lines())
                .contains(
                        "turn.home.example. 3600 IN A 8.8.8.8",
                        "turn.home.example. 3600 IN AAAA 2a00:0:0:0:0:0:0:1",
                        "_turn._udp.home.example. 3600 IN SRV 0 0 3478 turn.home.example.",
                        "_turn._tcp.home.example. 3600 IN SRV 0 0 3478 turn.home.example.",
                        "_turns._tcp.home.example. 3600 IN SRV 0 0 5349 turn.home.example.")
                .noneMatch(line -> line.contains("_turns._udp"));
        assertThat(DnsRecords.text(
                        "home.example", "t.example", List.of(), new DnsRecords.Services(3_478, false, 0, 5_349)))
                .isEqualTo(
                        """
                        _stun._udp.home.example. 3600 IN SRV 0 0 3478 t.example.
                        _turn._udp.home.example. 3600 IN SRV 0 0 3478 t.example.
                        _stuns._udp.home.example. 3600 IN SRV 0 0 5349 t.example.
                        _turns._udp.home.example. 3600 IN SRV 0 0 5349 t.example.""");
    }
}
