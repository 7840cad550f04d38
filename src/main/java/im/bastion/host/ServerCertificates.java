// SPDX-License-Identifier: Apache-2.0
package im.bastion.host;

import java.security.KeyStore.PrivateKeyEntry;
import java.util.List;

/** What the server proves itself with to its clients and to other servers. */
public interface ServerCertificates {
    /**
     * Keys and their certificate chains that it presents to clients, one for each kind of key; none when the server has no certificate.
     *
     * @throws HostException when the host's store cannot be read
     */
    List<PrivateKeyEntry> presented();

    /**
     * Keys and their certificate chains that it presents to other servers, one for each kind of key; none when it has no
     * certificate.
     *
     * @throws HostException when the host's store cannot be read
     */
    List<PrivateKeyEntry> presentedToServers();

    /** Calls {@code listener} after the certificates may have changed, on whatever thread changed them. */
    Subscription onChange(Runnable listener);
}
