// SPDX-License-Identifier: Apache-2.0
package im.bastion.calls.media;

import im.bastion.policy.Citation;
import im.bastion.policy.RuleId;

/** The answer has keys that every server on the way can read, and nothing better. */
final class VisibleKeysRule implements MediaRule {
    @Override
    public RuleId id() {
        return new RuleId("calls.visible-keys");
    }

    @Override
    public Citation citation() {
        return new Citation("XEP-0167", "7");
    }

    @Override
    public String words() {
        return "its keys can be read by every server on the way";
    }

    @Override
    public boolean isBrokenBy(Exchange exchange) {
        return exchange.settled()
                && !exchange.visibleKeys()
                && exchange.sender().visibleKeys()
                && !exchange.sender().strong();
    }
}
