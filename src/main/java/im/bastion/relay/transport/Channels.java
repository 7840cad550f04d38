// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.transport;

import java.io.Closeable;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends of sockets. */
final class Channels {
    private static final Logger LOG = LoggerFactory.getLogger(Channels.class);

    private Channels() {}

    /** Closes it; what the system has against that is of use to nobody but a developer. */
    static void close(Closeable channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("A socket could not be closed", e);
        }
    }
}
