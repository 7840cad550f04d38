// SPDX-License-Identifier: Apache-2.0
package im.bastion.calls.media;

import im.bastion.policy.Citation;
import im.bastion.policy.RuleId;

/** A certificate is named by a hash that another certificate can be made for. No later word mends it: refused at once. */
final class WeakFingerprintRule implements MediaRule {
    @Override
    public RuleId id() {
        return new RuleId("calls.weak-fingerprint");
    }

    @Override
    public Citation citation() {
        return new Citation("RFC 8122", "5");
    }

    @Override
    public String words() {
        return "a certificate is named by a hash that can be forged";
    }

    @Override
    public boolean isBrokenBy(Exchange exchange) {
        return exchange.said().weak() && !exchange.said().strong();
    }
}
