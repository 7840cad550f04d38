// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.peer;

import im.bastion.certificate.TestCertificate;
import im.bastion.certificate.TestIdentity;
import im.bastion.certificate.TestKeys;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** An authority of the tests and the certificates it issues, good and bad. Thread-safe. */
public final class PeerCertificates {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final Instant LONG_AGO = Instant.parse("2001-01-01T00:00:00Z");
    private static final Instant PAST = Instant.parse("2002-01-01T00:00:00Z");

    private final KeyPair keys = TestKeys.make();
    private final TestIdentity authority =
            TestCertificate.of("Authority of the tests").authority().selfSigned(TestKeys.make());
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
    TestIdentity of(Trick trick, String domain) {
        return switch (trick) {
            case EXPIRED_CERTIFICATE ->
                TestCertificate.of(domain).dns(domain).valid(LONG_AGO, PAST).issuedBy(authority, keys);
            case SELF_SIGNED_CERTIFICATE ->
                TestCertificate.of(domain).dns(domain).selfSigned(keys);
            case WRONG_NAME -> good("another.test");
            default -> good(domain);
        };
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
            store.setKeyEntry("peer", identity.key(), PASSWORD, identity.chain().toArray(X509Certificate[]::new));
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
