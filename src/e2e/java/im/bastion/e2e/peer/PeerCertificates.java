// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.peer;

import im.bastion.certificate.TestCertificate;
import im.bastion.certificate.TestIdentity;
import im.bastion.certificate.TestKeys;
import im.bastion.federation.tls.CertificateSummary;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** An authority of the tests and the certificates it issues, good and bad. Thread-safe. */
public final class PeerCertificates {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final int MANY = 1_100;
    private static final Instant LONG_AGO = Instant.parse("2001-01-01T00:00:00Z");
    private static final Instant PAST = Instant.parse("2002-01-01T00:00:00Z");

    private final KeyPair keys = TestKeys.make();
    private final TestIdentity authority =
            TestCertificate.of("Authority of the tests").authority().selfSigned(TestKeys.make());
    private final TestIdentity stranger =
            TestCertificate.of("Authority nobody knows").authority().selfSigned(TestKeys.make());
    private final Map<String, SSLContext> contexts = new ConcurrentHashMap<>();
    private final Map<String, KeyPair> ownKeys = new ConcurrentHashMap<>();

    /** What servers must trust. */
    public X509Certificate authority() {
        return authority.leaf();
    }

    /** For certificates that no method here makes. */
    public TestIdentity issuer() {
        return authority;
    }

    /** The same as PEM. */
    public String authorityPem() {
        return new TestIdentity(null, List.of(authority.leaf())).certificatePem();
    }

    /** An authority that servers must not trust, as PEM. */
    String strangerPem() {
        return new TestIdentity(null, List.of(stranger.leaf())).certificatePem();
    }

    /** SHA-256 of the key that all certificates but those of authorities are for, lowercase hexadecimal. */
    public String keySha256() {
        return CertificateSummary.of(good("any.test").leaf()).spkiSha256();
    }

    /** A good identity for the domain and its subdomains. */
    public TestIdentity good(String domain) {
        return TestCertificate.of(domain)
                .dns(domain)
                .dns("*." + domain)
                .issuedBy(authority, ownKeys.getOrDefault(domain, keys));
    }

    /** The domain gets a key of its own, instead of the one all share. */
    public void changeKey(String domain) {
        ownKeys.put(domain, TestKeys.make());
        contexts.remove(domain);
    }

    /** The identity with which the trick is played on that domain. */
    public TestIdentity of(Trick trick, String domain) {
        return switch (trick) {
            case EXPIRED_CERTIFICATE ->
                TestCertificate.of(domain).dns(domain).valid(LONG_AGO, PAST).issuedBy(authority, keys);
            case SELF_SIGNED_CERTIFICATE ->
                TestCertificate.of(domain).dns(domain).selfSigned(keys);
            case WRONG_NAME, DENIES_DIALBACK -> good("another.test");
            case NOT_YET_VALID ->
                TestCertificate.of(domain)
                        .dns(domain)
                        .valid(
                                Instant.now().plus(Duration.ofDays(1)),
                                Instant.now().plus(Duration.ofDays(2)))
                        .issuedBy(authority, keys);
            case UNKNOWN_AUTHORITY -> TestCertificate.of(domain).dns(domain).issuedBy(stranger, keys);
            case COMMON_NAME_ONLY -> TestCertificate.of(domain).issuedBy(authority, keys);
            case DEEP_WILDCARD -> TestCertificate.of(domain).dns("*.test").issuedBy(authority, keys);
            case NUL_IN_NAME ->
                TestCertificate.of("another.test")
                        .dns(domain + "\0.another.test")
                        .issuedBy(authority, keys);
            case XMPP_ADDRESS -> TestCertificate.of(domain).xmppAddr(domain).issuedBy(authority, keys);
            case SERVICE_NAME ->
                TestCertificate.of(domain).srv("_xmpp-server." + domain).issuedBy(authority, keys);
            case ANOTHER_SERVICE ->
                TestCertificate.of(domain).srv("_xmpp-client." + domain).issuedBy(authority, keys);
            case WILDCARD_BELOW -> TestCertificate.of(domain).dns("*." + domain).issuedBy(authority, keys);
            case ADDRESS_ONLY -> TestCertificate.of(domain).address("127.0.0.1").issuedBy(authority, keys);
            case TOO_MANY_NAMES -> manyNames(domain);
            case MISSING_INTERMEDIATE -> withoutIntermediate(domain);
            case FOR_SERVERS_ONLY ->
                TestCertificate.of(domain).dns(domain).usage(SERVER_AUTH).issuedBy(authority, keys);
            case NO_CERTIFICATE -> new TestIdentity(null, List.of());
            default -> good(domain);
        };
    }

    private TestIdentity manyNames(String domain) {
        TestCertificate certificate = TestCertificate.of(domain);
        for (int i = 1; i < MANY; i++) {
            certificate.dns("n" + i + ".test");
        }
        return certificate.dns(domain).issuedBy(authority, keys);
    }

    private TestIdentity withoutIntermediate(String domain) {
        TestIdentity between = TestCertificate.of("Between the two").authority().issuedBy(authority, TestKeys.make());
        TestIdentity whole = TestCertificate.of(domain).dns(domain).issuedBy(between, keys);
        return new TestIdentity(whole.key(), List.of(whole.leaf()));
    }

    /** What a socket needs to present that identity and to accept any other. */
    SSLContext context(Trick trick, String domain) {
        return contexts.computeIfAbsent(domain, d -> context(of(trick, d)));
    }

    static SSLContext context(TestIdentity identity) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            if (identity.key() != null) {
                store.setKeyEntry(
                        "peer", identity.key(), PASSWORD, identity.chain().toArray(X509Certificate[]::new));
            }
            managers.init(store, PASSWORD);
            context.init(managers.getKeyManagers(), new TrustManager[] {new AcceptsAnybody()}, null);
            return context;
        } catch (GeneralSecurityException | java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The rogue is not the one who is tested for whom it trusts. */
    private static final class AcceptsAnybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
            // Anybody.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            // Anybody.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
