// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.device;

import im.bastion.omemo.check.KnownKeys;
import im.bastion.omemo.wire.IdentityKey;
import im.bastion.omemo.wire.KeyBytes;
import im.bastion.omemo.wire.OmemoGeneration;
import java.util.Map;
import java.util.TreeMap;
import org.xmpp.packet.JID;

/**
 * The devices of an account, those that were and those that are.
 *
 * @param owner bare JID
 * @param devices by id, at most {@link #MAX_DEVICES}
 */
public record Account(JID owner, Map<Integer, Device> devices) implements KnownKeys {
    /** How many devices of an account are followed; those with the oldest signs of life are forgotten first. */
    public static final int MAX_DEVICES = 200;

    public Account {
        devices = Map.copyOf(devices);
    }

    static Account empty(JID owner) {
        return new Account(owner, Map.of());
    }

    /** The device, or null. */
    public Device device(int id) {
        return devices.get(id);
    }

    @Override
    public KeyBytes identityKey(OmemoGeneration generation, int device) {
        Device known = devices.get(device);
        return known == null ? null : known.in(generation).identityKey();
    }

    @Override
    public int otherDeviceWith(IdentityKey key, int device) {
        for (Device other : devices.values()) {
            if (other.id() != device && other.listed() && key.equals(other.identity())) {
                return other.id();
            }
        }
        return 0;
    }

    Account with(Device device) {
        Map<Integer, Device> all = new TreeMap<>(devices);
        all.put(device.id(), device);
        if (all.size() > MAX_DEVICES) {
            all.values().stream()
                    .filter(each -> each.id() != device.id())
                    .min((a, b) -> Long.compare(a.lastSeenAt(), b.lastSeenAt()))
                    .ifPresent(oldest -> all.remove(oldest.id()));
        }
        return new Account(owner, all);
    }
}
