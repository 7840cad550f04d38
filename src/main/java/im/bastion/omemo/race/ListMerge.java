// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.race;

import im.bastion.omemo.wire.DeviceId;
import im.bastion.omemo.wire.DeviceList;
import im.bastion.omemo.wire.OmemoGeneration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import org.dom4j.Element;

/** Edits of a list's payload that leave everything else in it as it is. */
public final class ListMerge {
    private ListMerge() {}

    /**
     * Adds the devices of the present list that the publisher did not name and had not seen: what it did not know of, it
     * did not mean to take off. What it had seen and does not name is taken off.
     *
     * @param published is changed
     * @param present may be null
     * @return the devices that were added
     */
    public static List<Integer> merge(
            OmemoGeneration generation, Element published, Element present, Set<Integer> seen) {
        List<Integer> added = new ArrayList<>();
        if (present == null) {
            return added;
        }
        Set<Integer> there = ids(generation, published);
        for (Element entry : present.elements()) {
            int id = id(generation, entry);
            if (id != 0 && !seen.contains(id) && there.add(id)) {
                published.add(entry.createCopy());
                added.add(id);
            }
        }
        return added;
    }

    /** Takes devices off. */
    public static List<Integer> remove(OmemoGeneration generation, Element list, IntPredicate unwanted) {
        List<Integer> removed = new ArrayList<>();
        for (Element entry : List.copyOf(list.elements())) {
            int id = id(generation, entry);
            if (id != 0 && unwanted.test(id)) {
                list.remove(entry);
                removed.add(id);
            }
        }
        return removed;
    }

    /** The device's entry; null when there is no list, or it is not on it. */
    public static Element entry(OmemoGeneration generation, Element list, int device) {
        if (list != null) {
            for (Element entry : list.elements()) {
                if (id(generation, entry) == device) {
                    return entry;
                }
            }
        }
        return null;
    }

    /** The devices of a list. */
    public static Set<Integer> ids(OmemoGeneration generation, Element list) {
        Set<Integer> ids = new HashSet<>();
        for (Element entry : list.elements()) {
            int id = id(generation, entry);
            if (id != 0) {
                ids.add(id);
            }
        }
        return ids;
    }

    private static int id(OmemoGeneration generation, Element entry) {
        return DeviceList.isDevice(entry, generation) ? DeviceId.parse(entry.attributeValue("id")) : 0;
    }
}
