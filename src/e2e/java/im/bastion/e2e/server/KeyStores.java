// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;

/** Openfire's key and trust stores, in the format and with the password of its defaults. */
final class KeyStores {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private KeyStores() {}

    /** Writes the server's identity, replacing what is there, and adds what it trusts to what it trusts already. */
    static void write(Path security, ServerOptions options) throws IOException {
        Files.createDirectories(security);
        Identity identity = options.identity();
        try {
            KeyStore keys = KeyStore.getInstance("JKS");
            keys.load(null, PASSWORD);
            keys.setKeyEntry(
                    options.domain() + "_rsa",
                    identity.key(),
                    PASSWORD,
                    identity.chain().toArray(Certificate[]::new));
            store(keys, security.resolve("keystore"));
            trust(security.resolve("truststore"), options.trusted());
            trust(security.resolve("client.truststore"), options.trusted());
        } catch (GeneralSecurityException e) {
            throw new IOException("the stores in " + security + " could not be written", e);
        }
    }

    private static void trust(Path file, List<X509Certificate> authorities)
            throws IOException, GeneralSecurityException {
        KeyStore store;
        if (Files.exists(file)) {
            store = KeyStore.getInstance(file.toFile(), PASSWORD);
        } else {
            store = KeyStore.getInstance("JKS");
            store.load(null, PASSWORD);
        }
        for (X509Certificate authority : authorities) {
            store.setCertificateEntry("test-" + store.size(), authority);
        }
        store(store, file);
    }

    private static void store(KeyStore store, Path file) throws IOException, GeneralSecurityException {
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD);
        }
    }
}
