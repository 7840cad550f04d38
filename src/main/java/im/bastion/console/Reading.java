// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.host.HostException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what a page shows from where it may be out of reach. */
final class Reading {
    private static final Logger LOG = LoggerFactory.getLogger(Reading.class);

    private Reading() {}

    /** What was read; null when it cannot be now, which the page says. */
    static <T> T orNull(Supplier<T> read) {
        try {
            return read.get();
        } catch (HostException e) {
            LOG.warn("The console cannot read what it shows: {}", e.getMessage());
            return null;
        }
    }
}
