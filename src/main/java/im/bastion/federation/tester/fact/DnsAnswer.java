// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.fact;

import java.util.List;

/**
 * What the DNS answered to one question.
 *
 * @param records at most as many as a test looks at
 * @param untold how many more there were
 * @param authenticity of the answer, also of one that says that there is nothing
 * @param fault what is wrong with it, as the rest of a sentence about the answer; empty when nothing is
 */
public record DnsAnswer<T>(List<T> records, int untold, Authenticity authenticity, String fault) {
    public DnsAnswer {
        records = List.copyOf(records);
    }

    /** No usable answer. */
    public static <T> DnsAnswer<T> failed(Authenticity authenticity, String fault) {
        return new DnsAnswer<>(List.of(), 0, authenticity, fault);
    }

    public boolean isFaulty() {
        return !fault.isEmpty();
    }
}
