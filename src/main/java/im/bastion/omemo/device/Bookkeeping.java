// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.device;

import im.bastion.omemo.check.Judgement;
import im.bastion.omemo.check.Judgement.Usability;
import im.bastion.omemo.check.PublishedItem;
import im.bastion.omemo.device.DeviceChange.Kind;
import im.bastion.omemo.device.Observation.Place;
import im.bastion.omemo.device.Observation.Seen;
import im.bastion.omemo.wire.Bundle;
import im.bastion.omemo.wire.DeviceList;
import im.bastion.omemo.wire.IdentityKey;
import im.bastion.omemo.wire.OmemoGeneration;
import im.bastion.omemo.wire.OmemoNode;
import im.bastion.policy.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;

/** Brings what is known of an account up to what was observed, and says what changed. One use, no side effects. */
final class Bookkeeping {
    private final Observation observed;
    private final List<DeviceChange> changes = new ArrayList<>();
    private Account account;

    private Bookkeeping(Account before, Observation observed) {
        this.account = before;
        this.observed = observed;
    }

    /** The account as it is now, and how it came to be so. */
    record Result(Account account, List<DeviceChange> changes) {}

    static Result apply(Account before, Observation observed) {
        Bookkeeping work = new Bookkeeping(before, observed);
        observed.lists().forEach(work::list);
        observed.bundles().forEach(work::bundle);
        observed.lookedFor().forEach(work::missing);
        return new Result(work.account, work.changes);
    }

    private void list(OmemoGeneration generation, Seen<DeviceList> seen) {
        Set<Integer> listed = new HashSet<>();
        if (seen.value() != null) {
            for (DeviceList.Device entry : seen.value().devices()) {
                listed.add(entry.id());
                listed(generation, entry, seen.actor());
            }
        }
        for (Device device : account.devices().values()) {
            if (device.in(generation).listed() && !listed.contains(device.id())) {
                put(device.with(device.in(generation).listedAt(0)), Kind.UNLISTED, generation, seen.actor());
            }
        }
    }

    private void listed(OmemoGeneration generation, DeviceList.Device entry, String actor) {
        Device known = account.device(entry.id());
        Device device = known == null ? Device.first(entry.id(), observed.at()) : known;
        if (!entry.label().isEmpty()) {
            device = device.labelled(entry.label());
        }
        DeviceKeys keys = device.in(generation);
        if (keys.listed()) {
            account = account.with(device);
        } else {
            put(device.with(keys.listedAt(observed.at())), Kind.LISTED, generation, actor);
        }
    }

    private void bundle(Place place, Seen<Bundle> seen) {
        Device known = account.device(place.device());
        Device device = known == null ? Device.first(place.device(), observed.at()) : known;
        DeviceKeys before = device.in(place.generation());
        if (seen.value() == null) {
            if (before.usability() != Usability.UNUSABLE) {
                account = account.with(device.with(unreadable(before, seen.problem())));
            }
            return;
        }
        Bundle bundle = seen.value();
        Judgement judgement = judge(place, bundle);
        Judgement.Note note = judgement.first(Severity.WARNING);
        DeviceKeys after = before.with(
                bundle,
                judgement.usability(),
                note == null ? "" : note.finding().toString(),
                observed.isPublish() || !isSame(before, bundle) ? observed.at() : before.publishedAt());
        Kind kind = kind(before, after);
        if (kind == null) {
            account = account.with(device.with(after));
        } else {
            put(device.with(after), kind, place.generation(), seen.actor());
        }
    }

    private Judgement judge(Place place, Bundle bundle) {
        boolean legacy = place.generation() == OmemoGeneration.LEGACY;
        OmemoNode node =
                new OmemoNode(place.generation(), OmemoNode.Kind.BUNDLES, legacy ? String.valueOf(place.device()) : "");
        Element item = DocumentHelper.createElement("item").addAttribute("id", String.valueOf(place.device()));
        return Judgement.of(new PublishedItem(node, item.attributeValue("id"), 1, null, bundle, null, account));
    }

    private static DeviceKeys unreadable(DeviceKeys before, String problem) {
        return new DeviceKeys(before.generation(), before.listedAt(), null, 0, 0, 0, 0, Usability.UNUSABLE, problem);
    }

    private static boolean isSame(DeviceKeys before, Bundle bundle) {
        return before.hasBundle()
                && before.identityKey().equals(bundle.identityKey())
                && before.signedPreKeyId() == bundle.signedPreKeyId()
                && before.preKeys() == bundle.preKeys().size();
    }

    private static Kind kind(DeviceKeys before, DeviceKeys after) {
        if (!before.hasBundle()) {
            return Kind.KEYS_PUBLISHED;
        }
        if (!before.identityKey().equals(after.identityKey())) {
            return Kind.IDENTITY_CHANGED;
        }
        return before.signedPreKeyId() == after.signedPreKeyId() ? null : Kind.SIGNED_PREKEY_CHANGED;
    }

    private void missing(OmemoGeneration generation) {
        for (Device device : account.devices().values()) {
            boolean gone = device.in(generation).hasBundle()
                    && !observed.bundles().containsKey(new Place(generation, device.id()));
            if (gone) {
                put(device.with(device.in(generation).withoutBundle()), Kind.KEYS_REMOVED, generation, "");
            }
        }
    }

    private void put(Device device, Kind kind, OmemoGeneration generation, String actor) {
        account = account.with(device.after(new Device.Happening(observed.at(), kind, generation, actor)));
        DeviceKeys keys = device.in(generation);
        IdentityKey identity = keys.identity();
        changes.add(new DeviceChange(
                Instant.ofEpochMilli(observed.at()),
                kind,
                account.owner(),
                generation,
                device.id(),
                identity == null ? "" : identity.hex(),
                keys.hasBundle() ? keys.signedPreKeyId() : DeviceChange.NO_PREKEY,
                actor));
    }
}
