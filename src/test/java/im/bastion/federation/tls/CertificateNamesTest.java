// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tls;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.certificate.TestCertificate;
import im.bastion.certificate.TestKeys;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateNamesTest {
    private static final KeyPair KEYS = TestKeys.make();

    private static X509Certificate made(TestCertificate certificate) {
        return certificate.selfSigned(KEYS).leaf();
    }

    // RFC 9525 §6.3: "the wildcard is … the complete content of the left-most label", and stands for one label.
    @ParameterizedTest
    @CsvSource({
        "example.org,        example.org,     MATCHES",
        "EXAMPLE.org,        example.ORG,     MATCHES",
        "example.org.,       example.org,     MATCHES",
        "example.org,        sub.example.org, DIFFERS",
        "*.example.org,      sub.example.org, MATCHES",
        "*.example.org,      example.org,     DIFFERS",
        "*.example.org,      a.b.example.org, DIFFERS",
        "*.*.example.org,    a.b.example.org, DIFFERS",
        "s*.example.org,     sub.example.org, DIFFERS",
        "sub.*.org,          sub.example.org, DIFFERS",
        "*.org,              example.org,     DIFFERS",
        "*,                  org,             DIFFERS",
        "xn--bcher-kva.test, bücher.test,     MATCHES",
        "*.xn--bcher-kva.test, a.bücher.test, MATCHES",
        "127.0.0.1,          127.0.0.1,       DIFFERS",
        "'example.org\u0000.evil.test', example.org, DIFFERS",
    })
    void matchesDnsNamesAsStrictlyAsRfc9525(String presented, String domain, NameMatch expected) {
        assertThat(CertificateNames.match(made(TestCertificate.of("peer").dns(presented)), domain))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "_xmpp-server.example.org,   example.org,     MATCHES",
        "_XMPP-Server.example.org,   example.org,     MATCHES",
        "_xmpp-server.*.example.org, sub.example.org, MATCHES",
        "_xmpp-server.example.org,   sub.example.org, DIFFERS",
    })
    void matchesServiceNamesOfServers(String presented, String domain, NameMatch expected) {
        assertThat(CertificateNames.match(made(TestCertificate.of("peer").srv(presented)), domain))
                .isEqualTo(expected);
    }

    @Test
    void aServiceNameOfAnotherServiceDoesNotCount() {
        X509Certificate certificate = made(TestCertificate.of("peer").srv("_xmpp-client.example.org"));

        assertThat(CertificateNames.match(certificate, "example.org")).isEqualTo(NameMatch.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "example.org,      example.org,     MATCHES",
        "bücher.test,      bücher.test,     MATCHES",
        "*.example.org,    sub.example.org, DIFFERS",
        "user@example.org, example.org,     DIFFERS",
    })
    void matchesXmppAddressesWithoutWildcards(String presented, String domain, NameMatch expected) {
        assertThat(CertificateNames.match(made(TestCertificate.of("peer").xmppAddr(presented)), domain))
                .isEqualTo(expected);
    }

    @Test
    void oneMatchingNameAmongManyIsEnough() {
        X509Certificate certificate = made(TestCertificate.of("peer")
                .dns("other.test")
                .srv("_xmpp-server.third.test")
                .xmppAddr("example.org"));

        assertThat(CertificateNames.match(certificate, "example.org")).isEqualTo(NameMatch.MATCHES);
    }

    @Test
    void theCommonNameDoesNotCount() {
        assertThat(CertificateNames.match(made(TestCertificate.of("example.org")), "example.org"))
                .isEqualTo(NameMatch.NONE);
    }

    @Test
    void moreNamesThanAnybodyNeedsAreNotSearched() {
        TestCertificate many = TestCertificate.of("peer").dns("example.org");
        for (int i = 0; i < 1_000; i++) {
            many.dns("n" + i + ".example.org");
        }

        assertThat(CertificateNames.match(made(many), "example.org")).isEqualTo(NameMatch.UNREADABLE);
    }

    @Test
    void brokenNamesAreUnreadableAndNeverMatch() {
        byte[] notDer = {4, 3, 0x30, 0x7f, 1};

        assertThat(CertificateNames.match(notDer, "example.org")).isEqualTo(NameMatch.UNREADABLE);
    }

    @Test
    void aDomainThatIsNoDnsNameMatchesNothing() {
        X509Certificate certificate = made(TestCertificate.of("peer").dns("example.org"));

        assertThat(CertificateNames.match(certificate, "")).isEqualTo(NameMatch.DIFFERS);
        assertThat(CertificateNames.match(certificate, "a..b")).isEqualTo(NameMatch.DIFFERS);
        assertThat(CertificateNames.match(certificate, "x".repeat(300))).isEqualTo(NameMatch.DIFFERS);
    }

    @Test
    void summariesAreCleanedAndCut() {
        X509Certificate certificate =
                made(TestCertificate.of("peer").dns("a\u0007b.test").dns("x".repeat(600)));

        CertificateSummary summary = CertificateSummary.of(certificate);

        assertThat(summary.names().get(0)).isEqualTo("dNSName: a\uFFFDb.test");
        assertThat(summary.names().get(1)).hasSize(255).endsWith("… (cut from 609 characters)");
        assertThat(summary.spkiSha256()).hasSize(64);
    }
}
