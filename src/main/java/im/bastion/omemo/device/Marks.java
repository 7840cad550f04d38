// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.device;

import im.bastion.omemo.wire.OmemoGeneration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What decides how an account's devices are shown to readers. Immutable.
 *
 * @param revoked may not come back
 * @param hidden kept from readers by somebody's decision
 * @param pending new, and not yet kept by the user
 * @param shown shown to readers whatever their health, by somebody's decision
 * @param ailing without a bundle or with an unusable one, by generation
 */
public record Marks(
        Set<Integer> revoked,
        Set<Integer> hidden,
        Set<Integer> pending,
        Set<Integer> shown,
        Map<OmemoGeneration, Set<Integer>> ailing) {
    /** Of an account with nothing to hide. */
    public static final Marks NONE = new Marks(Set.of(), Set.of(), Set.of(), Set.of(), Map.of());

    /** A decision about a device. */
    public enum Mark {
        REVOKED,
        HIDDEN,
        PENDING,
        SHOWN
    }

    public Marks {
        revoked = Set.copyOf(revoked);
        hidden = Set.copyOf(hidden);
        pending = Set.copyOf(pending);
        shown = Set.copyOf(shown);
        ailing = Map.copyOf(ailing);
    }

    /** Whether readers are not shown the device. */
    public boolean hides(OmemoGeneration generation, int device) {
        if (revoked.contains(device) || hidden.contains(device) || pending.contains(device)) {
            return true;
        }
        Set<Integer> ill = ailing.get(generation);
        return ill != null && ill.contains(device) && !shown.contains(device);
    }

    /** Whether the same devices are ill in that generation. */
    boolean sameFor(OmemoGeneration generation, Marks other) {
        return ailing.getOrDefault(generation, Set.of()).equals(other.ailing.getOrDefault(generation, Set.of()));
    }

    /** What was decided about the device, or null. */
    public Mark of(int device) {
        if (revoked.contains(device)) {
            return Mark.REVOKED;
        }
        if (hidden.contains(device)) {
            return Mark.HIDDEN;
        }
        if (pending.contains(device)) {
            return Mark.PENDING;
        }
        return shown.contains(device) ? Mark.SHOWN : null;
    }

    /** Whether nothing is marked at all. */
    public boolean isEmpty() {
        return equals(NONE);
    }

    /** The same with this decision about the device, or with none when it is null. */
    Marks with(int device, Mark mark) {
        return new Marks(
                changed(revoked, device, mark == Mark.REVOKED),
                changed(hidden, device, mark == Mark.HIDDEN),
                changed(pending, device, mark == Mark.PENDING),
                changed(shown, device, mark == Mark.SHOWN),
                ailing);
    }

    Marks with(OmemoGeneration generation, Set<Integer> ill) {
        Map<OmemoGeneration, Set<Integer>> all = new EnumMap<>(OmemoGeneration.class);
        all.putAll(ailing);
        if (ill.isEmpty()) {
            all.remove(generation);
        } else {
            all.put(generation, Set.copyOf(ill));
        }
        return new Marks(revoked, hidden, pending, shown, all);
    }

    private static Set<Integer> changed(Set<Integer> set, int device, boolean present) {
        if (set.contains(device) == present) {
            return set;
        }
        Set<Integer> copy = new HashSet<>(set);
        if (present) {
            copy.add(device);
        } else {
            copy.remove(device);
        }
        return copy;
    }
}
