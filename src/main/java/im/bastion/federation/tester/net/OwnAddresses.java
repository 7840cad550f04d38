// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.net;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Set;
import java.util.stream.Collectors;

/** The addresses of this machine. */
public final class OwnAddresses {
    private OwnAddresses() {}

    /**
     * Those it has now.
     *
     * @throws IllegalStateException when the system does not say: then no test may connect anywhere
     */
    public static Set<InetAddress> now() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (SocketException e) {
            throw new IllegalStateException("this machine's own addresses are not known", e);
        }
    }
}
