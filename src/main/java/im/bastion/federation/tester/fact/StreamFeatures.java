// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.fact;

import java.util.List;

/**
 * What a receiving server offers on a stream (RFC 6120 §4.3.2).
 *
 * @param mechanisms of SASL, at most 20
 * @param dialback whether it takes dialback: as a feature or by the declared namespace (XEP-0220 §2.1.1)
 */
public record StreamFeatures(Starttls starttls, List<String> mechanisms, boolean dialback) {
    public StreamFeatures {
        mechanisms = List.copyOf(mechanisms);
    }
}
