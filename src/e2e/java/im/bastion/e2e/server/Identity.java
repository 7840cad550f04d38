// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The key a server proves itself with, and its certificate chain, leaf first. */
public record Identity(PrivateKey key, List<X509Certificate> chain) {
    private static final String PASSWORD = "changeit";
    private static final Map<String, Identity> SELF_SIGNED = new ConcurrentHashMap<>();

    /** A self-signed one for the domain and its subdomains, valid for 30 days; made once per domain. */
    public static Identity selfSigned(String domain) {
        return SELF_SIGNED.computeIfAbsent(domain, Identity::generated);
    }

    /** The only private key of a PKCS#12 file. */
    public static Identity fromPkcs12(Path file, String password) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password.toCharArray());
            String alias = store.aliases().nextElement();
            Certificate[] chain = store.getCertificateChain(alias);
            return new Identity(
                    (PrivateKey) store.getKey(alias, password.toCharArray()),
                    Arrays.stream(chain).map(X509Certificate.class::cast).toList());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("no key in " + file, e);
        }
    }

    private static Identity generated(String domain) {
        try {
            Path folder = Files.createTempDirectory("bastion-identity");
            Path file = folder.resolve("identity.p12");
            try {
                Commands.run(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        domain,
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-sigalg",
                        "SHA256withRSA",
                        "-dname",
                        "CN=" + domain,
                        "-ext",
                        "san=dns:" + domain + ",dns:*." + domain,
                        "-validity",
                        "30",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD);
                return fromPkcs12(file, PASSWORD);
            } finally {
                Home.delete(folder);
            }
        } catch (IOException e) {
            throw new IllegalStateException("no self-signed certificate for " + domain, e);
        }
    }
}
