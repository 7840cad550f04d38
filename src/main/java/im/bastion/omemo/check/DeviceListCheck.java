// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.check;

import im.bastion.omemo.wire.DeviceList;
import im.bastion.policy.Citation;
import im.bastion.policy.Severity;

/** A check that applies to device lists that could be read. */
abstract class DeviceListCheck extends NamedCheck {
    DeviceListCheck(String id, Citation citation, Severity severity) {
        super(id, citation, severity);
    }

    @Override
    public final Finding finding(PublishedItem item) {
        return item.devices() == null ? null : finding(item, item.devices());
    }

    abstract Finding finding(PublishedItem item, DeviceList list);
}
