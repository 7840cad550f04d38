// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.check;

import im.bastion.omemo.wire.Bundle;
import im.bastion.omemo.wire.FieldNames;
import im.bastion.policy.Citation;
import im.bastion.policy.Severity;

/** A check that applies to bundles that could be read. */
abstract class BundleCheck extends NamedCheck {
    BundleCheck(String id, Citation citation, Severity severity) {
        super(id, citation, severity);
    }

    @Override
    public final Finding finding(PublishedItem item) {
        return item.bundle() == null ? null : finding(item, item.bundle(), FieldNames.of(item.generation()));
    }

    abstract Finding finding(PublishedItem item, Bundle bundle, FieldNames names);
}
