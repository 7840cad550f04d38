// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.keylog;

import im.bastion.audit.keylog.KeyEvent.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the log says an account's devices and keys are. What is published is compared with it, so that the log tells every
 * change once, also one that was published while nobody listened. Not thread-safe.
 */
final class LoggedKeys {
    private record Device(String generation, int id) {}

    private record Keys(String fingerprint, long signedPreKeyId) {}

    private final Set<Device> listed = new HashSet<>();
    private final Map<Device, Keys> keys = new HashMap<>();

    /** Identity keys that were removed, to tell a device that comes back from one that has another key. */
    private final Map<Device, String> former = new HashMap<>();

    /** Takes over what an event says. Doing so twice changes nothing. */
    void apply(KeyEvent event) {
        Device device = new Device(event.generation(), event.device());
        switch (event.kind()) {
            case DEVICE_LISTED -> listed.add(device);
            case DEVICE_UNLISTED -> listed.remove(device);
            case KEYS_PUBLISHED, IDENTITY_CHANGED, SIGNED_PREKEY_CHANGED ->
                keys.put(device, new Keys(event.fingerprint(), event.signedPreKeyId()));
            case KEYS_REMOVED -> {
                Keys removed = keys.remove(device);
                if (removed != null) {
                    former.put(device, removed.fingerprint());
                }
            }
            case DEVICE_REVOKED, DEVICE_READMITTED, DEVICE_HIDDEN, DEVICE_SHOWN -> {
                // Says what is to be done with the device, not what is published.
            }
        }
    }

    /** The events that make up the difference to what is published now; in the order of device ids. */
    List<KeyEvent> changes(KeyFact fact) {
        if (fact instanceof KeyFact.Devices devices) {
            return changes(devices);
        }
        if (fact instanceof KeyFact.Keys published) {
            return changes(published);
        }
        return List.of((KeyEvent) fact);
    }

    private List<KeyEvent> changes(KeyFact.Devices now) {
        Set<Integer> before = new TreeSet<>();
        listed.stream()
                .filter(device -> device.generation().equals(now.generation()))
                .forEach(device -> before.add(device.id()));
        List<KeyEvent> changes = new ArrayList<>();
        for (int id : before) {
            if (!now.devices().contains(id)) {
                changes.add(listEvent(now, Kind.DEVICE_UNLISTED, id));
            }
        }
        for (int id : new TreeSet<>(now.devices())) {
            if (!before.contains(id)) {
                changes.add(listEvent(now, Kind.DEVICE_LISTED, id));
            }
        }
        return changes;
    }

    private List<KeyEvent> changes(KeyFact.Keys now) {
        Device device = new Device(now.generation(), now.device());
        Keys before = keys.get(device);
        String identity = before == null ? former.get(device) : before.fingerprint();
        Kind kind;
        if (identity != null && !identity.equals(now.fingerprint())) {
            kind = Kind.IDENTITY_CHANGED;
        } else if (before == null) {
            kind = Kind.KEYS_PUBLISHED;
        } else if (before.signedPreKeyId() != now.signedPreKeyId()) {
            kind = Kind.SIGNED_PREKEY_CHANGED;
        } else {
            return List.of();
        }
        return List.of(new KeyEvent(
                now.at(),
                kind,
                now.account(),
                now.generation(),
                now.device(),
                now.fingerprint(),
                now.signedPreKeyId(),
                now.actor()));
    }

    private static KeyEvent listEvent(KeyFact.Devices now, Kind kind, int device) {
        return new KeyEvent(
                now.at(), kind, now.account(), now.generation(), device, "", KeyEvent.NO_PREKEY, now.actor());
    }
}
