// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay;

import im.bastion.host.HostException;
import im.bastion.host.ServerCertificates;
import im.bastion.host.Subscription;
import im.bastion.relay.transport.Identity;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The XMPP server's own certificates for the relay's clients, followed when they are renewed. Thread-safe. */
final class RelayIdentity implements Identity, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RelayIdentity.class);
    private static final char[] NO_PASSWORD = {};

    /**
     * The contexts made of one state of the host's certificates.
     *
     * @param expires when the first certificate ends, or null when there is none
     */
    private record Contexts(SSLContext tls, SSLContext dtls, Instant expires) {}

    private final ServerCertificates certificates;
    private final Subscription changes;
    private volatile Contexts contexts;

    RelayIdentity(ServerCertificates certificates) {
        this.certificates = certificates;
        this.changes = certificates.onChange(this::load);
        load();
    }

    @Override
    public SSLContext tls() {
        return contexts.tls();
    }

    @Override
    public SSLContext dtls() {
        return contexts.dtls();
    }

    /** When the first certificate ends, or null when there is none. */
    Instant expires() {
        return contexts.expires();
    }

    @Override
    public void close() {
        changes.close();
    }

    private void load() {
        try {
            List<PrivateKeyEntry> entries = certificates.presented();
            contexts = entries.isEmpty() ? new Contexts(null, null, null) : contexts(entries);
        } catch (HostException | GeneralSecurityException | IOException e) {
            LOG.warn("The server's certificates cannot be used for the relay", e);
            contexts = new Contexts(null, null, null);
        }
    }

    private static Contexts contexts(List<PrivateKeyEntry> entries) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        Instant expires = Instant.MAX;
        for (int i = 0; i < entries.size(); i++) {
            PrivateKeyEntry entry = entries.get(i);
            store.setKeyEntry("key-" + i, entry.getPrivateKey(), NO_PASSWORD, entry.getCertificateChain());
            Instant end =
                    ((X509Certificate) entry.getCertificate()).getNotAfter().toInstant();
            expires = end.isBefore(expires) ? end : expires;
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, NO_PASSWORD);
        return new Contexts(context("TLS", keys), context("DTLS", keys), expires);
    }

    private static SSLContext context(String protocol, KeyManagerFactory keys) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance(protocol);
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
