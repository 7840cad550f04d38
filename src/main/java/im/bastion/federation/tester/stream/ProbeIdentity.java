// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.stream;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** How a test speaks TLS: it presents what the server would present, and takes whatever it is shown, to say what is wrong with it. */
public final class ProbeIdentity {
    private ProbeIdentity() {}

    /**
     * The context of handshakes that look at the other side.
     *
     * @param own this server's keys and certificates; without them no peer offers SASL EXTERNAL
     * @throws IllegalStateException when the platform cannot use them
     */
    public static SSLContext context(List<PrivateKeyEntry> own) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(own), new TrustManager[] {new LooksOnly()}, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this server's certificates cannot be used: " + e.getMessage(), e);
        }
    }

    private static KeyManager[] keys(List<PrivateKeyEntry> own) throws GeneralSecurityException, IOException {
        if (own.isEmpty()) {
            return new KeyManager[0];
        }
        char[] password = Long.toHexString(new SecureRandom().nextLong()).toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (int i = 0; i < own.size(); i++) {
            store.setKeyEntry(
                    "own-" + i, own.get(i).getPrivateKey(), password, own.get(i).getCertificateChain());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, password);
        return managers.getKeyManagers();
    }

    /** Nothing is sent over these connections that anybody may not read; the chain is judged afterwards, with reasons. */
    private static final class LooksOnly extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw new UnsupportedOperationException("a test is a client");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {
            throw new UnsupportedOperationException("a test is a client");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            throw new UnsupportedOperationException("a test is a client");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // Judged afterwards.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {
            // Judged afterwards.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            // Judged afterwards.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
