// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.check;

import im.bastion.policy.Citation;
import im.bastion.policy.Severity;

/** The payload is what its node is for, of the node's generation, with the elements that every client needs. */
final class ReadablePayloadCheck extends NamedCheck {
    ReadablePayloadCheck() {
        super("omemo.readable-payload", new Citation("XEP-0384", "5.3"), Severity.ERROR);
    }

    @Override
    public Finding finding(PublishedItem item) {
        return item.unreadable() == null ? null : new Finding("item", "cannot be read: " + item.unreadable());
    }
}
