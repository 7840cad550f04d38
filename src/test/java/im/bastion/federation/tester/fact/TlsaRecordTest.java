// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.fact;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.certificate.TestCertificate;
import im.bastion.certificate.TestIdentity;
import im.bastion.certificate.TestKeys;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TlsaRecordTest {
    private static final KeyPair KEYS = TestKeys.make();
    private static final TestIdentity CA = TestCertificate.of("CA").authority().selfSigned(TestKeys.make());
    private static final TestIdentity LEAF =
            TestCertificate.of("peer.test").dns("peer.test").issuedBy(CA, KEYS);

    private static byte[] sha(String algorithm, byte[] bytes) throws Exception {
        return MessageDigest.getInstance(algorithm).digest(bytes);
    }

    @Test
    void theKeyOfTheEndAloneCountsForUsage3() throws Exception {
        byte[] key = LEAF.leaf().getPublicKey().getEncoded();

        assertThat(TlsaRecord.of(3, 1, 1, sha("SHA-256", key)).matches(LEAF.chain(), false))
                .isTrue();
        assertThat(TlsaRecord.of(3, 1, 2, sha("SHA-512", key)).matches(LEAF.chain(), false))
                .isTrue();
        assertThat(TlsaRecord.of(3, 1, 0, key).matches(LEAF.chain(), false)).isTrue();
        assertThat(TlsaRecord.of(3, 0, 0, LEAF.leaf().getEncoded()).matches(LEAF.chain(), false))
                .isTrue();
        assertThat(TlsaRecord.of(
                                3, 1, 1, sha("SHA-256", CA.leaf().getPublicKey().getEncoded()))
                        .matches(LEAF.chain(), true))
                .isFalse();
    }

    @Test
    void usages0And1NeedTheTrustStoreToo() throws Exception {
        TlsaRecord end = TlsaRecord.of(1, 0, 1, sha("SHA-256", LEAF.leaf().getEncoded()));
        TlsaRecord authority = TlsaRecord.of(0, 0, 1, sha("SHA-256", CA.leaf().getEncoded()));

        assertThat(end.matches(LEAF.chain(), true)).isTrue();
        assertThat(end.matches(LEAF.chain(), false)).isFalse();
        assertThat(authority.matches(LEAF.chain(), true)).isTrue();
        assertThat(authority.matches(LEAF.chain(), false)).isFalse();
    }

    @Test
    void anAuthorityOfUsage2MustHaveSignedTheWayToTheEnd() throws Exception {
        TlsaRecord authority = TlsaRecord.of(2, 0, 1, sha("SHA-256", CA.leaf().getEncoded()));
        X509Certificate stranger =
                TestCertificate.of("peer.test").selfSigned(KEYS).leaf();
        TestIdentity expired = TestCertificate.of("peer.test")
                .valid(Instant.parse("2001-01-01T00:00:00Z"), Instant.parse("2002-01-01T00:00:00Z"))
                .issuedBy(CA, KEYS);

        assertThat(authority.matches(LEAF.chain(), false)).isTrue();
        assertThat(authority.matches(List.of(stranger, CA.leaf()), false)).isFalse();
        assertThat(authority.matches(expired.chain(), false)).isFalse();
    }

    @Test
    void whatTheRfcDoesNotKnowIsOfNoUse() {
        byte[] hash = new byte[32];

        assertThat(TlsaRecord.of(3, 1, 1, hash).isUsable()).isTrue();
        assertThat(List.of(
                        TlsaRecord.of(4, 1, 1, hash),
                        TlsaRecord.of(-1, 1, 1, hash),
                        TlsaRecord.of(3, 2, 1, hash),
                        TlsaRecord.of(3, 1, 3, hash),
                        TlsaRecord.of(3, 1, 2, hash),
                        TlsaRecord.of(3, 1, 0, new byte[0]),
                        TlsaRecord.of(3, 1, 0, new byte[5_000])))
                .noneMatch(TlsaRecord::isUsable)
                .noneMatch(record -> record.matches(LEAF.chain(), true));
    }
}
