// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.device;

import im.bastion.omemo.wire.IdentityKey;
import im.bastion.omemo.wire.OmemoGeneration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A device of an account. Times are milliseconds since the epoch, 0 for never.
 *
 * @param label the user's words for it, or empty; not necessarily signed
 * @param sentAt when a message of it was last seen, to the hour
 * @param keys by generation
 * @param history what happened to it, oldest first, at most {@link #MAX_HISTORY}
 */
public record Device(
        int id,
        String label,
        long firstSeenAt,
        long sentAt,
        Map<OmemoGeneration, DeviceKeys> keys,
        List<Happening> history) {
    static final int MAX_HISTORY = 20;

    /** One line of the history; {@code generation} is null for what concerns all. */
    public record Happening(long at, DeviceChange.Kind kind, OmemoGeneration generation, String actor) {}

    public Device {
        keys = Map.copyOf(keys);
        history = List.copyOf(history);
    }

    static Device first(int id, long now) {
        return new Device(id, "", now, 0, Map.of(), List.of());
    }

    /** What is known of it in that generation; never null. */
    public DeviceKeys in(OmemoGeneration generation) {
        DeviceKeys known = keys.get(generation);
        return known == null ? DeviceKeys.none(generation) : known;
    }

    /** Whether it is on any list. */
    public boolean listed() {
        return keys.values().stream().anyMatch(DeviceKeys::listed);
    }

    /** When and in which generation it came onto a list first, as far as its history reaches; null when it never did. */
    Happening firstListing() {
        return history.stream()
                .filter(each -> each.kind() == DeviceChange.Kind.LISTED || each.kind() == DeviceChange.Kind.UNLISTED)
                .findFirst()
                .orElse(null);
    }

    /** Whether it is or was on a list; a device whose bundle comes before the list is still new. */
    public boolean wasListed() {
        return listed() || firstListing() != null;
    }

    /** Its identity key; null without a usable bundle. */
    public IdentityKey identity() {
        return keys.values().stream()
                .map(DeviceKeys::identity)
                .filter(key -> key != null)
                .findFirst()
                .orElse(null);
    }

    /** The last sign of life. */
    public long lastSeenAt() {
        long last = Math.max(firstSeenAt, sentAt);
        for (DeviceKeys each : keys.values()) {
            last = Math.max(last, Math.max(each.publishedAt(), each.listedAt()));
        }
        return last;
    }

    Device with(DeviceKeys changed) {
        Map<OmemoGeneration, DeviceKeys> all = new EnumMap<>(OmemoGeneration.class);
        all.putAll(keys);
        all.put(changed.generation(), changed);
        return new Device(id, label, firstSeenAt, sentAt, all, history);
    }

    Device labelled(String text) {
        return new Device(id, text, firstSeenAt, sentAt, keys, history);
    }

    Device sentAt(long millis) {
        return new Device(id, label, firstSeenAt, millis, keys, history);
    }

    Device after(Happening happening) {
        List<Happening> longer = new ArrayList<>(history);
        longer.add(happening);
        return new Device(
                id,
                label,
                firstSeenAt,
                sentAt,
                keys,
                longer.subList(Math.max(0, longer.size() - MAX_HISTORY), longer.size()));
    }
}
