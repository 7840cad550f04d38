// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.fact;

import java.util.Comparator;

/**
 * Where a service record leads (RFC 2782).
 *
 * @param direct whether the record is for TLS from the first byte (XEP-0368)
 * @param host without the final dot; empty for ".", which says that there is no such service
 */
public record SrvTarget(boolean direct, String host, int port, int priority, int weight) {
    /** In the order in which they are to be tried, the heavier first, so that the same records give the same report. */
    public static final Comparator<SrvTarget> ORDER = Comparator.comparing(SrvTarget::priority)
            .thenComparing(Comparator.comparing(SrvTarget::weight).reversed())
            .thenComparing(SrvTarget::host);
}
