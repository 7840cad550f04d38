// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.bastion.certificate.TestCertificate;
import im.bastion.certificate.TestIdentity;
import im.bastion.certificate.TestKeys;
import im.bastion.host.HostException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeerTrustTest {
    private static final Instant LONG_AGO = Instant.parse("2001-01-01T00:00:00Z");
    private static final Instant PAST = Instant.parse("2002-01-01T00:00:00Z");
    private static final Instant FUTURE = Instant.parse("2040-01-01T00:00:00Z");
    private static final Instant FAR_FUTURE = Instant.parse("2041-01-01T00:00:00Z");

    private static final KeyPair CA_KEYS = TestKeys.make();
    private static final KeyPair KEYS = TestKeys.make();
    private static final KeyPair OTHER_KEYS = TestKeys.make();
    private final TestIdentity ca = TestCertificate.of("CA").authority().selfSigned(CA_KEYS);

    private static String distrust(List<X509Certificate> chain, X509Certificate... trusted) throws Exception {
        return trust(trusted).distrust(chain);
    }

    private static PeerTrust trust(X509Certificate... trusted) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (int i = 0; i < trusted.length; i++) {
            store.setCertificateEntry("ca" + i, trusted[i]);
        }
        return new PeerTrust(() -> store, Clock.systemUTC());
    }

    @Test
    void trustsAChainThatLeadsToATrustedAuthority() throws Exception {
        TestIdentity leaf = TestCertificate.of("peer").dns("peer.test").issuedBy(ca, KEYS);

        assertThat(distrust(leaf.chain(), ca.leaf())).isNull();
        assertThat(distrust(List.of(leaf.leaf()), ca.leaf())).isNull();
    }

    @Test
    void trustsAChainWithAnIntermediateAndMissesItWhenItIsNotSent() throws Exception {
        TestIdentity middle = TestCertificate.of("Middle").authority().issuedBy(ca, OTHER_KEYS);
        TestIdentity leaf = TestCertificate.of("peer").issuedBy(middle, KEYS);

        assertThat(distrust(leaf.chain(), ca.leaf())).isNull();
        assertThat(distrust(List.of(leaf.leaf()), ca.leaf())).contains("authority that this server does not trust");
    }

    @Test
    void saysThatThereIsNoCertificate() throws Exception {
        assertThat(distrust(List.of(), ca.leaf())).isEqualTo("it presented no certificate");
    }

    @Test
    void saysThatItIsExpired() throws Exception {
        TestIdentity leaf = TestCertificate.of("peer").valid(LONG_AGO, PAST).issuedBy(ca, KEYS);

        assertThat(distrust(leaf.chain(), ca.leaf())).isEqualTo("its certificate expired on 2002-01-01");
    }

    @Test
    void saysThatItIsNotYetValid() throws Exception {
        TestIdentity leaf = TestCertificate.of("peer").valid(FUTURE, FAR_FUTURE).issuedBy(ca, KEYS);

        assertThat(distrust(leaf.chain(), ca.leaf())).isEqualTo("its certificate is not valid before 2040-01-01");
    }

    @Test
    void saysThatItIsSelfSigned() throws Exception {
        TestIdentity leaf = TestCertificate.of("peer").selfSigned(KEYS);

        assertThat(distrust(leaf.chain(), ca.leaf())).isEqualTo("its certificate is self-signed");
        assertThat(distrust(leaf.chain())).isEqualTo("its certificate is self-signed");
    }

    @Test
    void trustsASelfSignedCertificateThatAnAdminPutIntoTheStore() throws Exception {
        TestIdentity leaf = TestCertificate.of("peer").selfSigned(KEYS);

        assertThat(distrust(leaf.chain(), leaf.leaf())).isNull();
    }

    @Test
    void saysThatTheAuthorityIsUnknown() throws Exception {
        TestIdentity other = TestCertificate.of("Other CA").authority().selfSigned(OTHER_KEYS);
        TestIdentity leaf = TestCertificate.of("peer").issuedBy(other, KEYS);

        assertThat(distrust(leaf.chain(), ca.leaf())).contains("authority that this server does not trust");
    }

    @Test
    void anAuthorityOfTheSameNameWithAnotherKeyIsNotEnough() throws Exception {
        TestIdentity impostor = TestCertificate.of("CA").authority().selfSigned(OTHER_KEYS);
        TestIdentity leaf = TestCertificate.of("peer").issuedBy(impostor, KEYS);

        assertThat(distrust(leaf.chain(), ca.leaf())).isEqualTo("its certificate chain does not verify");
    }

    @Test
    void aLeafCannotIssue() throws Exception {
        TestIdentity notAuthority = TestCertificate.of("peer").issuedBy(ca, KEYS);
        TestIdentity forged = TestCertificate.of("victim").dns("victim.test").issuedBy(notAuthority, OTHER_KEYS);

        assertThat(distrust(forged.chain(), ca.leaf())).isEqualTo("its certificate chain does not verify");
    }

    @Test
    void saysThatACertificateAboveIsExpired() throws Exception {
        TestIdentity old =
                TestCertificate.of("Old").authority().valid(LONG_AGO, PAST).issuedBy(ca, OTHER_KEYS);
        TestIdentity leaf = TestCertificate.of("peer").issuedBy(old, KEYS);

        assertThat(distrust(leaf.chain(), ca.leaf())).isEqualTo("a certificate in its chain expired on 2002-01-01");
    }

    @Test
    void anExpiredAuthorityIsNoAuthority() throws Exception {
        TestIdentity old =
                TestCertificate.of("Old").authority().valid(LONG_AGO, PAST).selfSigned(CA_KEYS);
        TestIdentity leaf = TestCertificate.of("peer").issuedBy(old, KEYS);

        assertThat(distrust(List.of(leaf.leaf()), old.leaf())).isNotNull();
    }

    @Test
    void aChainOfAnyLengthIsNotFollowed() throws Exception {
        TestIdentity leaf = TestCertificate.of("peer").issuedBy(ca, KEYS);

        assertThat(distrust(Collections.nCopies(11, leaf.leaf()), ca.leaf())).contains("more than 10");
    }

    @Test
    void aStoreThatCannotBeReadIsAFaultAndNotTrust() {
        PeerTrust trust = new PeerTrust(
                () -> {
                    throw new IllegalStateException("no store");
                },
                Clock.systemUTC());
        TestIdentity leaf = TestCertificate.of("peer").issuedBy(ca, KEYS);

        assertThatThrownBy(() -> trust.distrust(leaf.chain())).isInstanceOf(HostException.class);
    }

    @Test
    void namesTheAuthorityFromTheStoreByItsOrganization() throws Exception {
        TestIdentity root =
                TestCertificate.of("Root 1, O=Tests Inc.").authority().selfSigned(CA_KEYS);
        TestIdentity middle = TestCertificate.of("Middle").authority().issuedBy(root, OTHER_KEYS);
        TestIdentity leaf = TestCertificate.of("peer").issuedBy(middle, KEYS);

        assertThat(authority(leaf.chain(), root.leaf())).isEqualTo("Tests Inc.");
        assertThat(authority(TestCertificate.of("peer").issuedBy(ca, KEYS).chain(), ca.leaf()))
                .isEqualTo("CN=CA");
        assertThat(authority(List.of(leaf.leaf()), leaf.leaf())).isEqualTo("CN=peer");
    }

    @Test
    void namesNoAuthorityForAChainThatOnlyClaimsOne() throws Exception {
        TestIdentity claimed = TestCertificate.of("CA").authority().selfSigned(OTHER_KEYS);
        TestIdentity leaf = TestCertificate.of("peer").issuedBy(claimed, KEYS);

        assertThat(authority(leaf.chain(), ca.leaf())).isEmpty();
        assertThat(authority(List.of(), ca.leaf())).isEmpty();
        assertThat(authority(leaf.chain())).isEmpty();
    }

    private static String authority(List<X509Certificate> chain, X509Certificate... trusted) throws Exception {
        return trust(trusted).authority(chain);
    }
}
