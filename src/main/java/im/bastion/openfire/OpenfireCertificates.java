// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire;

import im.bastion.host.HostException;
import im.bastion.host.ServerCertificates;
import im.bastion.host.Subscription;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStore.PrivateKeyEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.keystore.IdentityStore;
import org.jivesoftware.openfire.spi.ConnectionType;
import org.jivesoftware.util.CertificateEventListener;
import org.jivesoftware.util.CertificateManager;

/** The identity stores of client and server connections: in most installations they are one and the same. */
final class OpenfireCertificates implements ServerCertificates {
    private final XMPPServer server;

    OpenfireCertificates(XMPPServer server) {
        this.server = server;
    }

    @Override
    public List<PrivateKeyEntry> presented() {
        return presented(ConnectionType.SOCKET_C2S);
    }

    @Override
    public List<PrivateKeyEntry> presentedToServers() {
        return presented(ConnectionType.SOCKET_S2S);
    }

    private List<PrivateKeyEntry> presented(ConnectionType type) {
        try {
            IdentityStore identity = server.getCertificateStoreManager().getIdentityStore(type);
            KeyStore store = identity.getStore();
            var protection =
                    new KeyStore.PasswordProtection(identity.getConfiguration().getPassword());
            List<PrivateKeyEntry> entries = new ArrayList<>();
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias) && store.getEntry(alias, protection) instanceof PrivateKeyEntry entry) {
                    entries.add(entry);
                }
            }
            return entries;
        } catch (GeneralSecurityException e) {
            throw new HostException("the server's certificates cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public Subscription onChange(Runnable listener) {
        CertificateEventListener events = store -> listener.run();
        CertificateManager.addListener(events);
        return () -> CertificateManager.removeListener(events);
    }
}
