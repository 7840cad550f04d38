// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.check;

import im.bastion.policy.Citation;
import im.bastion.policy.Severity;

/** An item has exactly one payload: of several, hosts keep one and clients read another. */
final class OnePayloadCheck extends NamedCheck {
    OnePayloadCheck() {
        super("omemo.one-payload", new Citation("XEP-0060", "7.1.3.5"), Severity.ERROR);
    }

    @Override
    public Finding finding(PublishedItem item) {
        return item.payloads() == 1 ? null : new Finding("item", "has " + item.payloads() + " payloads instead of one");
    }
}
