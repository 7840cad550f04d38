// SPDX-License-Identifier: Apache-2.0
package im.bastion.calls.media;

import im.bastion.policy.Citation;
import im.bastion.policy.RuleId;

/** Media would flow that at least one side does not encrypt. */
final class MissingEncryptionRule implements MediaRule {
    @Override
    public RuleId id() {
        return new RuleId("calls.missing-encryption");
    }

    @Override
    public Citation citation() {
        return new Citation("XEP-0320", "");
    }

    @Override
    public String words() {
        return "one side does not encrypt it";
    }

    @Override
    public boolean isBrokenBy(Exchange exchange) {
        return exchange.settled()
                && (!exchange.isEnough(exchange.sender())
                        || (exchange.receiver() != null && !exchange.isEnough(exchange.receiver())));
    }
}
