// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.check;

import im.bastion.omemo.wire.Bundle;
import im.bastion.omemo.wire.FieldNames;
import im.bastion.policy.Citation;
import im.bastion.policy.Severity;

/** The id that a bundle is found by is one that a device can have: 1 to 2^31-1, without leading zeros. */
final class DeviceIdRangeCheck extends BundleCheck {
    DeviceIdRangeCheck() {
        super("omemo.device-id-range", new Citation("XEP-0384", "4.1"), Severity.WARNING);
    }

    @Override
    Finding finding(PublishedItem item, Bundle bundle, FieldNames names) {
        return item.device() != 0
                ? null
                : new Finding(item.node().holdsManyItems() ? "item" : "node", "is not named by 1 to 2147483647");
    }
}
