// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.check;

import im.bastion.omemo.wire.DeviceList;
import im.bastion.policy.Citation;
import im.bastion.policy.Severity;

/** Every entry of a list has an id in range, and no id occurs twice. Clients skip the entries that do not. */
final class DeviceListEntriesCheck extends DeviceListCheck {
    DeviceListEntriesCheck() {
        super("omemo.device-list-entries", new Citation("XEP-0384", "4.1"), Severity.WARNING);
    }

    @Override
    Finding finding(PublishedItem item, DeviceList list) {
        return list.oddities().isEmpty()
                ? null
                : new Finding("device", "entries are odd: " + String.join("; ", list.oddities()));
    }
}
