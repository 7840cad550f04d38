// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.device;

import im.bastion.store.RecordWriter;
import im.bastion.store.Records;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.xmpp.packet.JID;

/** Accounts in the records: one row for each device, written behind. */
final class DeviceStore {
    private final Records records;
    private final RecordWriter writer;

    DeviceStore(Records records, RecordWriter writer) {
        this.records = records;
        this.writer = writer;
    }

    /** The account; without devices when nothing is known of it. May wait. */
    Account load(JID owner) throws SQLException {
        Map<Integer, Device> devices = new TreeMap<>();
        for (Records.Row row :
                records.newest(DeviceRecord.KIND, Scopes.of(owner), Long.MAX_VALUE, Account.MAX_DEVICES)) {
            Device device = DeviceRecord.of(row);
            devices.put(device.id(), device);
        }
        return new Account(owner, devices);
    }

    /** Writes the devices that have changed, soon. */
    void save(Account before, Account after, long now) {
        for (Device device : after.devices().values()) {
            if (!device.equals(before.device(device.id()))) {
                writer.put(DeviceRecord.row(after.owner(), device, now));
            }
        }
    }

    /** Up to so many accounts, by their latest changes. May wait. */
    List<JID> latest(int max) throws SQLException {
        Set<JID> owners = new LinkedHashSet<>();
        for (Records.Row row : records.newest(DeviceRecord.KIND, Long.MAX_VALUE, Records.MAX_PAGE)) {
            if (owners.size() < max) {
                owners.add(DeviceRecord.owner(row));
            }
        }
        return List.copyOf(owners);
    }
}
