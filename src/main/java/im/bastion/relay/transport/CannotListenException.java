// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.transport;

import java.io.IOException;
import java.net.InetSocketAddress;

/** An address for clients that cannot be had. */
public final class CannotListenException extends IOException {
    private final transient InetSocketAddress address;
    private final String protocol;

    /** @param cause what the system says */
    public CannotListenException(String protocol, InetSocketAddress address, IOException cause) {
        super(cause.getMessage(), cause);
        this.protocol = protocol;
        this.address = address;
    }

    public InetSocketAddress address() {
        return address;
    }

    /** UDP or TCP. */
    public String protocol() {
        return protocol;
    }
}
