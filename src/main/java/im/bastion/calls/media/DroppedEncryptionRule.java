// SPDX-License-Identifier: Apache-2.0
package im.bastion.calls.media;

import im.bastion.policy.Citation;
import im.bastion.policy.RuleId;

/** Encryption was offered, and the answer is without. */
final class DroppedEncryptionRule implements MediaRule {
    @Override
    public RuleId id() {
        return new RuleId("calls.dropped-encryption");
    }

    @Override
    public Citation citation() {
        return new Citation("XEP-0320", "");
    }

    @Override
    public String words() {
        return "the answer drops the encryption that was offered";
    }

    @Override
    public boolean isBrokenBy(Exchange exchange) {
        return exchange.settled()
                && exchange.receiver() != null
                && exchange.isEnough(exchange.receiver())
                && !exchange.isEnough(exchange.sender());
    }
}
