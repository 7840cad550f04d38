// SPDX-License-Identifier: Apache-2.0
package im.bastion.host;

import java.security.KeyStore.PrivateKeyEntry;
import java.util.List;

/** What the server proves itself with to its clients. */
public interface ServerCertificates {
    /**
     * Keys and their certificate chains, one for each kind of key; none when the server has no certificate.
     *
     * @throws HostException when the host's store cannot be read
     */
    List<PrivateKeyEntry> presented();

    /** Calls {@code listener} after the certificates may have changed, on whatever thread changed them. */
    Subscription onChange(Runnable listener);
}
