// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tls;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.certificate.TestCertificate;
import im.bastion.certificate.TestKeys;
import java.security.KeyPair;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Certificates that somebody made to be looked at. */
class CertificateSummaryTest {
    private static final KeyPair KEYS = TestKeys.make();

    private static CertificateSummary summary(TestCertificate certificate) {
        return CertificateSummary.of(certificate.selfSigned(KEYS).leaf());
    }

    @Test
    void controlAndFormatCharactersAreReplaced() {
        CertificateSummary summary =
                summary(TestCertificate.of("a\u0000b\u001b[31m\u202ec\nd").dns("a\u0000.evil.test"));

        assertThat(summary.subject()).contains("a").doesNotContain("\u0000", "\u001b", "\u202e", "\n");
        assertThat(summary.names()).containsExactly("dNSName: a\uFFFD.evil.test");
    }

    @Test
    void aLongTextIsCutWithANote() {
        CertificateSummary summary = summary(TestCertificate.of("x").dns("x".repeat(20_000)));

        assertThat(summary.names().get(0)).hasSize(255).endsWith("… (cut from 20009 characters)");
    }

    @Test
    void aCutSplitsNoCharacter() {
        CertificateSummary even = summary(TestCertificate.of("x").xmppAddr("\uD83D\uDE00".repeat(1_000)));
        CertificateSummary odd = summary(TestCertificate.of("x").xmppAddr("x" + "\uD83D\uDE00".repeat(1_000)));

        for (CertificateSummary summary : List.of(even, odd)) {
            assertThat(summary.names().get(0)).hasSizeBetween(254, 255);
            assertThat(summary.names().get(0).codePoints()).noneMatch(c -> Character.getType(c) == Character.SURROGATE);
        }
    }

    @Test
    void ofManyNamesTheFirstAreListedAndAllCounted() {
        TestCertificate certificate = TestCertificate.of("x");
        for (int i = 0; i < 900; i++) {
            certificate.dns("n" + i + ".test");
        }
        CertificateSummary summary = summary(certificate);

        assertThat(summary.names()).hasSize(20);
        assertThat(summary.nameCount()).isEqualTo(900);
    }

    @Test
    void moreNamesThanAnyServerNeedsAreNotRead() {
        TestCertificate certificate = TestCertificate.of("x");
        for (int i = 0; i < 10_000; i++) {
            certificate.dns("n" + i + ".test");
        }
        CertificateSummary summary = summary(certificate);

        assertThat(summary.names()).isEmpty();
        assertThat(summary.nameCount()).isEqualTo(-1);
    }
}
