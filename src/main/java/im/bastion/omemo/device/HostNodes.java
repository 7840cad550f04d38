// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.device;

import im.bastion.host.Pep;
import im.bastion.omemo.device.Observation.Place;
import im.bastion.omemo.device.Observation.Seen;
import im.bastion.omemo.wire.Bundle;
import im.bastion.omemo.wire.DeviceId;
import im.bastion.omemo.wire.DeviceList;
import im.bastion.omemo.wire.OmemoFormatException;
import im.bastion.omemo.wire.OmemoGeneration;
import im.bastion.omemo.wire.OmemoNode;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dom4j.Element;
import org.xmpp.packet.JID;

/** Lists and bundles as the host has them. May wait for the host's database. */
final class HostNodes {
    /** The generations whose devices are cared for. */
    static final List<OmemoGeneration> GENERATIONS = List.of(OmemoGeneration.LEGACY, OmemoGeneration.OMEMO_2);

    private final Pep pep;

    HostNodes(Pep pep) {
        this.pep = pep;
    }

    /** Everything: the lists, and the bundles of whoever is on them or known. */
    Observation all(Account account, long now) {
        Map<OmemoGeneration, Seen<DeviceList>> lists = new EnumMap<>(OmemoGeneration.class);
        Map<Place, Seen<Bundle>> bundles = new HashMap<>();
        for (OmemoGeneration generation : GENERATIONS) {
            Set<Integer> wanted = new HashSet<>(account.devices().keySet());
            Seen<DeviceList> list = list(account.owner(), generation);
            lists.put(generation, list);
            if (list.value() != null) {
                wanted.addAll(list.value().ids());
            }
            if (generation == OmemoGeneration.LEGACY) {
                wanted.forEach(id -> items(account.owner(), OmemoNode.legacyBundles(id))
                        .forEach(item -> bundles.putIfAbsent(new Place(generation, id), bundle(item))));
            } else {
                items(account.owner(), OmemoNode.bundles(generation)).forEach(item -> {
                    int id = DeviceId.parse(item.id());
                    if (id != 0) {
                        bundles.putIfAbsent(new Place(generation, id), bundle(item));
                    }
                });
            }
        }
        return new Observation(now, lists, bundles, Set.copyOf(GENERATIONS));
    }

    /** The list as it is; empty when there is none. */
    Seen<DeviceList> list(JID owner, OmemoGeneration generation) {
        List<Pep.Item> items = items(owner, OmemoNode.devices(generation));
        if (items.isEmpty()) {
            return new Seen<>(new DeviceList(generation, List.of()), "", "");
        }
        return list(items.get(0).payload(), actor(items.get(0)));
    }

    /** The list's payload as it is, or null. */
    Element listPayload(JID owner, OmemoGeneration generation) {
        List<Pep.Item> items = items(owner, OmemoNode.devices(generation));
        return items.isEmpty() ? null : items.get(0).payload();
    }

    /** The bundle's payload as it is, or null. */
    Element bundlePayload(JID owner, OmemoGeneration generation, int device) {
        boolean legacy = generation == OmemoGeneration.LEGACY;
        String nodeId = legacy ? OmemoNode.legacyBundles(device) : OmemoNode.bundles(generation);
        return items(owner, nodeId).stream()
                .filter(item -> legacy || item.id().equals(String.valueOf(device)))
                .map(Pep.Item::payload)
                .findFirst()
                .orElse(null);
    }

    static Seen<DeviceList> list(Element payload, String actor) {
        try {
            return payload == null
                    ? new Seen<>(null, "the item is empty", actor)
                    : new Seen<>(DeviceList.parse(payload), "", actor);
        } catch (OmemoFormatException e) {
            return new Seen<>(null, e.getMessage(), actor);
        }
    }

    static Seen<Bundle> bundle(Element payload, String actor) {
        try {
            return payload == null
                    ? new Seen<>(null, "the item is empty", actor)
                    : new Seen<>(Bundle.parse(payload), "", actor);
        } catch (OmemoFormatException e) {
            return new Seen<>(null, e.getMessage(), actor);
        }
    }

    private static Seen<Bundle> bundle(Pep.Item item) {
        return bundle(item.payload(), actor(item));
    }

    private static String actor(Pep.Item item) {
        return item.publisher() == null ? "" : item.publisher().toString();
    }

    private List<Pep.Item> items(JID owner, String nodeId) {
        return pep.items(owner, nodeId);
    }
}
