// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.selftest;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;

/**
 * What a test from inside has shown.
 *
 * @param attempts one for each way in
 * @param ports the relayed range
 * @param name what became of the relay's name; null where it has none
 * @param certificate why clients that check certificates would not take this one; empty when they would, null where there is
 *     no TLS or no name
 */
public record SelfTestReport(Instant at, List<Attempt> attempts, Ports ports, NameCheck name, String certificate) {
    public SelfTestReport {
        attempts = List.copyOf(attempts);
    }

    /**
     * Where a name leads.
     *
     * @param leadsTo its addresses; empty when there is no such name
     * @param strange those of them that are not the relay's
     */
    public record NameCheck(String name, List<InetAddress> leadsTo, List<InetAddress> strange) {
        public NameCheck {
            leadsTo = List.copyOf(leadsTo);
            strange = List.copyOf(strange);
        }
    }

    /** Whether some way was tried with an address that this machine does not have, through a translator that may not lead back. */
    public boolean isTranslated() {
        return attempts.stream()
                .anyMatch(each -> each.way().advertised() && !each.way().own());
    }

    /** Whether every way that clients are told works, as far as can be seen from inside. */
    public boolean isGood() {
        return attempts.stream()
                .filter(each -> each.way().advertised())
                .allMatch(each -> each.reach() == Attempt.Reach.ALL);
    }
}
