// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.bastion.federation.tester.fact.Authenticity;
import im.bastion.federation.tester.fact.DnsAnswer;
import im.bastion.federation.tester.fact.SrvTarget;
import im.bastion.federation.tester.fact.TlsaRecord;
import im.bastion.federation.tester.net.Timers;
import im.bastion.policy.IpLiteral;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ValidatedDnsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SRV = "_xmpp-server._tcp.peer.test";
    private final SignedDns server = new SignedDns();
    private final ValidatedDns dns = asking(server.address());

    private ValidatedDns asking(InetSocketAddress... servers) {
        return new ValidatedDns(List.of(servers), server.anchors(), Timers.budget(PATIENCE));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void placesComeInTheOrderInWhichTheyAreToBeTriedAndTheirSignaturesAreChecked() {
        server.put(SRV, "SRV 20 0 5269 last.peer.test.")
                .put(SRV, "SRV 10 1 5269 light.peer.test.")
                .put(SRV, "SRV 10 90 5270 heavy.peer.test.");

        DnsAnswer<SrvTarget> answer = dns.targets(false, "peer.test");

        assertThat(answer.records())
                .containsExactly(
                        new SrvTarget(false, "heavy.peer.test", 5270, 10, 90),
                        new SrvTarget(false, "light.peer.test", 5269, 10, 1),
                        new SrvTarget(false, "last.peer.test", 5269, 20, 0));
        assertThat(answer.authenticity()).isEqualTo(Authenticity.SECURE);
        assertThat(answer.fault()).isEmpty();
    }

    @Test
    void whatIsNotThereIsProvenNotToBeThere() {
        DnsAnswer<SrvTarget> answer = dns.targets(true, "peer.test");

        assertThat(answer.records()).isEmpty();
        assertThat(answer.authenticity()).isEqualTo(Authenticity.SECURE);
        assertThat(answer.isFaulty()).isFalse();
    }

    @Test
    void theRootAsTargetSaysThatThereIsNoSuchService() {
        server.put(SRV, "SRV 0 0 0 .");

        assertThat(dns.targets(false, "peer.test").records()).containsExactly(new SrvTarget(false, "", 0, 0, 0));
    }

    @Test
    void bothFamiliesOfAddressesAreFoundBehindAnAlias() {
        server.put("xmpp.peer.test", "CNAME host.peer.test.")
                .put("host.peer.test", "A 192.0.2.1")
                .put("host.peer.test", "AAAA 2001:db8::1");

        DnsAnswer<InetAddress> answer = dns.addresses("xmpp.peer.test");

        assertThat(answer.records()).containsExactly(IpLiteral.parse("192.0.2.1"), IpLiteral.parse("2001:db8::1"));
        assertThat(answer.authenticity()).isEqualTo(Authenticity.SECURE);
    }

    @Test
    void tlsaRecordsAreReadAsTheyStandThere() {
        server.put("_5269._tcp.xmpp.peer.test", "TLSA 3 1 1 " + "ab".repeat(32));

        DnsAnswer<TlsaRecord> answer = dns.tlsa("xmpp.peer.test", 5269);

        assertThat(answer.records()).containsExactly(new TlsaRecord(3, 1, 1, "ab".repeat(32)));
        assertThat(answer.authenticity()).isEqualTo(Authenticity.SECURE);
    }

    @Test
    void aZoneThatIsNotSignedIsInsecureAndNoFault() {
        server.insecure("peer.test").put(SRV, "SRV 0 0 5269 xmpp.peer.test.");

        DnsAnswer<SrvTarget> answer = dns.targets(false, "peer.test");

        assertThat(answer.records()).hasSize(1);
        assertThat(answer.authenticity()).isEqualTo(Authenticity.INSECURE);
        assertThat(answer.isFaulty()).isFalse();
    }

    @Test
    void aForgedAnswerIsStillShownAndSaidToBeForged() {
        server.put(SRV, "SRV 0 0 5269 xmpp.peer.test.").forge(SRV);

        DnsAnswer<SrvTarget> answer = dns.targets(false, "peer.test");

        assertThat(answer.records()).hasSize(1);
        assertThat(answer.authenticity()).isEqualTo(Authenticity.BOGUS);
        assertThat(answer.fault()).startsWith("fails DNSSEC: ");
    }

    @Test
    void anAnswerSignedWithAnotherKeyIsForged() {
        try (SignedDns another = new SignedDns()) {
            server.put(SRV, "SRV 0 0 5269 xmpp.peer.test.");
            ValidatedDns deceived =
                    new ValidatedDns(List.of(server.address()), another.anchors(), Timers.budget(PATIENCE));

            assertThat(deceived.targets(false, "peer.test").authenticity()).isEqualTo(Authenticity.BOGUS);
        }
    }

    @Test
    void aNameServerWithoutSignaturesProvesNothing() {
        server.withoutSignatures().put(SRV, "SRV 0 0 5269 xmpp.peer.test.");

        DnsAnswer<SrvTarget> answer = dns.targets(false, "peer.test");

        assertThat(answer.records()).hasSize(1);
        assertThat(answer.authenticity()).isEqualTo(Authenticity.UNKNOWN);
    }

    @Test
    void aCircleOfAliasesIsToldOf() {
        server.put("xmpp.peer.test", "CNAME other.peer.test.").put("other.peer.test", "CNAME xmpp.peer.test.");

        assertThat(dns.addresses("xmpp.peer.test").fault()).isEqualTo("leads in a circle of aliases");
    }

    @Test
    void aLongWayOfAliasesIsNotGone() {
        for (int i = 0; i < 12; i++) {
            server.put("a" + i + ".peer.test", "CNAME a" + (i + 1) + ".peer.test.");
        }
        server.put("a12.peer.test", "A 192.0.2.1");

        assertThat(dns.addresses("a0.peer.test").fault()).isEqualTo("leads over more than 8 aliases");
    }

    @Test
    void ofAHugeAnswerSomeIsLookedAtAndTheRestCounted() {
        for (int i = 0; i < 300; i++) {
            server.put(SRV, "SRV 0 0 5269 x" + i + ".peer.test.");
        }

        DnsAnswer<SrvTarget> answer = dns.targets(false, "peer.test");

        assertThat(answer.records()).hasSize(32);
        assertThat(answer.untold()).isEqualTo(268);
    }

    @Test
    void aNameServerThatDoesNotAnswerIsToldOfInTime() {
        server.silence(SRV);
        ValidatedDns hurried =
                new ValidatedDns(List.of(server.address()), server.anchors(), Timers.budget(Duration.ofSeconds(3)));

        DnsAnswer<SrvTarget> answer = hurried.targets(false, "peer.test");

        assertThat(answer.records()).isEmpty();
        assertThat(answer.fault()).startsWith("did not come");
    }

    @Test
    void questionsAndBytesAreLimited() {
        server.put(SRV, "SRV 0 0 5269 xmpp.peer.test.");
        ValidatedDns few =
                new ValidatedDns(List.of(server.address()), server.anchors(), Timers.budget(PATIENCE, 1 << 20, 1));
        ValidatedDns little =
                new ValidatedDns(List.of(server.address()), server.anchors(), Timers.budget(PATIENCE, 20, 100));

        assertThat(few.targets(false, "peer.test").fault()).contains("more questions than a test asks");
        assertThat(little.targets(false, "peer.test").fault()).contains("more than a test takes");
    }

    @Test
    void aServerThatIsNamedIsAskedInsteadOfTheSystems() {
        assertThat(NameServers.of("192.0.2.1")).containsExactly(new InetSocketAddress("192.0.2.1", 53));
        assertThat(NameServers.of("2001:db8::1#5353")).containsExactly(new InetSocketAddress("2001:db8::1", 5353));
        assertThatThrownBy(() -> NameServers.of("ns.example.org")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> NameServers.of("192.0.2.1#0")).isInstanceOf(IllegalArgumentException.class);
        assertThat(NameServers.of("")).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void theAnchorsInTheJarAreTheKeysOfTheRoot() {
        assertThat(RootAnchors.text().lines().filter(line -> line.startsWith(". IN DS ")))
                .hasSize(2)
                .allMatch(line -> line.split(" ", -1)[5].equals("2") && line.split(" ", -1)[6].length() == 64);
    }
}
