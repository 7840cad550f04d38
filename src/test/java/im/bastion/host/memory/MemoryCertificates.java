// SPDX-License-Identifier: Apache-2.0
package im.bastion.host.memory;

import im.bastion.certificate.TestCertificate;
import im.bastion.certificate.TestIdentity;
import im.bastion.certificate.TestKeys;
import im.bastion.host.ServerCertificates;
import im.bastion.host.Subscription;
import java.security.KeyPair;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.cert.Certificate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** One certificate, self-signed for the server's domain and made when it is first asked for, until a test changes it. */
public final class MemoryCertificates implements ServerCertificates {
    /** Making one takes a while. */
    private static final KeyPair KEYS = TestKeys.make();

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private TestIdentity identity;
    private boolean none;

    @Override
    public synchronized List<PrivateKeyEntry> presented() {
        if (none) {
            return List.of();
        }
        if (identity == null) {
            identity = fresh();
        }
        return List.of(new PrivateKeyEntry(identity.key(), identity.chain().toArray(Certificate[]::new)));
    }

    @Override
    public List<PrivateKeyEntry> presentedToServers() {
        return presented();
    }

    /** This one takes its place. */
    public synchronized void present(TestIdentity other) {
        identity = other;
        none = false;
        listeners.forEach(Runnable::run);
    }

    /** Another one takes its place. */
    public synchronized TestIdentity renew() {
        identity = fresh();
        none = false;
        listeners.forEach(Runnable::run);
        return identity;
    }

    /** The server has none any more. */
    public synchronized void remove() {
        none = true;
        listeners.forEach(Runnable::run);
    }

    @Override
    public Subscription onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private static TestIdentity fresh() {
        return TestCertificate.of(MemoryHost.DOMAIN).dns(MemoryHost.DOMAIN).selfSigned(KEYS);
    }
}
