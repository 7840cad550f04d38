// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.check;

import im.bastion.omemo.wire.DeviceList;
import im.bastion.policy.Severity;

/** A list is the item {@code current}, so that there is only ever one. A missing id is given by the server. */
final class DeviceListItemIdCheck extends DeviceListCheck {
    DeviceListItemIdCheck() {
        super("omemo.device-list-item-id", Citations.DEVICE_LIST, Severity.INFO);
    }

    @Override
    Finding finding(PublishedItem item, DeviceList list) {
        return item.id() == null || item.id().equals("current") ? null : new Finding("item", "is not called current");
    }
}
