// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.doctor;

import im.bastion.host.Pep;
import im.bastion.host.Users;
import im.bastion.omemo.check.Judgement;
import im.bastion.omemo.check.KnownKeys;
import im.bastion.omemo.check.PublishedItem;
import im.bastion.omemo.wire.DeviceId;
import im.bastion.omemo.wire.DeviceList;
import im.bastion.omemo.wire.IdentityKey;
import im.bastion.omemo.wire.KeyBytes;
import im.bastion.omemo.wire.OmemoGeneration;
import im.bastion.omemo.wire.OmemoNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.xmpp.packet.JID;

/** Reads what accounts publish. May wait for the host's database. */
public final class KeysReader {
    private static final List<OmemoGeneration> GENERATIONS = List.of(OmemoGeneration.OMEMO_2, OmemoGeneration.LEGACY);

    private final Pep pep;
    private final Users users;
    private final String domain;

    public KeysReader(Pep pep, Users users, String domain) {
        this.pep = pep;
        this.users = users;
        this.domain = domain;
    }

    /** The account's keys now. */
    public AccountKeys read(JID jid) {
        JID account = jid.asBareJID();
        boolean local = account.getDomain().equals(domain) && account.getNode() != null;
        if (!local || !users.isRegistered(account)) {
            return new AccountKeys(account, local, false, List.of());
        }
        Identities identities = new Identities();
        List<Raw> raw =
                GENERATIONS.stream().map(g -> raw(account, g, identities)).toList();
        return new AccountKeys(
                account,
                true,
                true,
                raw.stream()
                        .filter(r -> r.list != null || !r.items.isEmpty())
                        .map(r -> r.judged(identities))
                        .toList());
    }

    private Raw raw(JID account, OmemoGeneration generation, Identities identities) {
        Raw raw = new Raw(generation);
        String list = OmemoNode.devices(generation);
        raw.list = pep.node(account, list);
        pep.items(account, list).stream()
                .findFirst()
                .map(item -> PublishedItem.of(OmemoNode.of(list), element(item), KnownKeys.NONE))
                .ifPresent(item -> {
                    raw.devices = item.devices();
                    raw.unreadable = item.devices() == null ? String.valueOf(item.unreadable()) : null;
                });
        if (generation == OmemoGeneration.LEGACY) {
            raw.ids().forEach(id -> bundle(account, bundleNode(generation, id), raw));
        } else {
            bundle(account, bundleNode(generation, 0), raw);
        }
        raw.items.forEach((id, item) -> identities.add(generation, id, raw.published(id, item, KnownKeys.NONE)));
        return raw;
    }

    private void bundle(JID account, String name, Raw raw) {
        Pep.Node found = pep.node(account, name);
        if (found == null) {
            return;
        }
        raw.bundles.add(found);
        OmemoNode node = OmemoNode.of(name);
        for (Pep.Item item : pep.items(account, name)) {
            int id = DeviceId.parse(node.holdsManyItems() ? item.id() : node.deviceSuffix());
            // Newest first: of a legacy node that keeps several items only that one is read.
            raw.items.putIfAbsent(id, element(item));
        }
    }

    private static String bundleNode(OmemoGeneration generation, int device) {
        return generation == OmemoGeneration.LEGACY ? OmemoNode.legacyBundles(device) : OmemoNode.bundles(generation);
    }

    private static Element element(Pep.Item item) {
        Element element = DocumentHelper.createElement("item").addAttribute("id", item.id());
        if (item.payload() != null) {
            element.add(item.payload().createCopy());
        }
        return element;
    }

    /** What was found of one generation, before the checks have been asked. */
    private static final class Raw {
        final OmemoGeneration generation;
        final List<Pep.Node> bundles = new ArrayList<>();
        final Map<Integer, Element> items = new LinkedHashMap<>();
        Pep.Node list;
        DeviceList devices;
        String unreadable;

        Raw(OmemoGeneration generation) {
            this.generation = generation;
        }

        List<Integer> ids() {
            return devices == null ? List.of() : devices.ids();
        }

        PublishedItem published(int id, Element item, KnownKeys known) {
            return PublishedItem.of(OmemoNode.of(bundleNode(generation, id)), item, known);
        }

        GenerationKeys judged(KnownKeys known) {
            List<DeviceKeys> found = new ArrayList<>();
            if (devices != null) {
                devices.devices().forEach(d -> found.add(device(d.id(), d.label(), true, known)));
            }
            items.keySet().stream()
                    .filter(id -> !ids().contains(id))
                    .forEach(id -> found.add(device(id, "", false, known)));
            return new GenerationKeys(generation, list, unreadable, bundles, found);
        }

        private DeviceKeys device(int id, String label, boolean listed, KnownKeys known) {
            Element item = items.get(id);
            if (item == null) {
                return new DeviceKeys(id, label, listed, null, null);
            }
            PublishedItem published = published(id, item, known);
            return new DeviceKeys(id, label, listed, published.bundle(), Judgement.of(published));
        }
    }

    /** The account's identity keys, for the checks that compare devices and generations. */
    private static final class Identities implements KnownKeys {
        private final Map<OmemoGeneration, Map<Integer, KeyBytes>> published = new HashMap<>();

        void add(OmemoGeneration generation, int device, PublishedItem item) {
            if (item.bundle() != null) {
                published
                        .computeIfAbsent(generation, g -> new HashMap<>())
                        .put(device, item.bundle().identityKey());
            }
        }

        @Override
        public KeyBytes identityKey(OmemoGeneration generation, int device) {
            return published.getOrDefault(generation, Map.of()).get(device);
        }

        @Override
        public int otherDeviceWith(IdentityKey key, int device) {
            for (Map.Entry<OmemoGeneration, Map<Integer, KeyBytes>> generation : published.entrySet()) {
                for (Map.Entry<Integer, KeyBytes> other : generation.getValue().entrySet()) {
                    if (other.getKey() != device && key.equals(IdentityKey.of(generation.getKey(), other.getValue()))) {
                        return other.getKey();
                    }
                }
            }
            return 0;
        }
    }
}
