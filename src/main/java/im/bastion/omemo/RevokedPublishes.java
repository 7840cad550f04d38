// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.omemo.device.DeviceBook;
import im.bastion.omemo.device.MarkBook;
import im.bastion.omemo.device.SessionDevices;
import im.bastion.omemo.race.ListMerge;
import im.bastion.omemo.wire.DeviceId;
import im.bastion.omemo.wire.OmemoNode;
import im.bastion.policy.Refusal;
import im.bastion.policy.RuleId;
import java.util.Set;
import org.dom4j.Element;

/**
 * A revoked device stays away: what it publishes is refused, once for each try and without an event that would make it try
 * again. Another device that still has it on its list is not blamed: it is taken off and the rest goes on.
 */
final class RevokedPublishes implements PublishJudge {
    private static final RuleId RULE = new RuleId("omemo.revoked-device");
    private static final Refusal REFUSAL = new Refusal(
            RULE,
            "policy-violation",
            "cancel",
            "This device has been revoked and can no longer be used for encryption. To use it again, let it make new keys"
                    + " or ask another of your devices, or an administrator, to admit it.");

    private final DeviceBook book;
    private final MarkBook marks;
    private final SessionDevices sessions;
    private final OmemoRecord record;

    RevokedPublishes(DeviceBook book, MarkBook marks, SessionDevices sessions, OmemoRecord record) {
        this.book = book;
        this.marks = marks;
        this.sessions = sessions;
        this.record = record;
    }

    @Override
    public Refusal judge(PublishRequest publish) {
        Set<Integer> revoked = marks.of(publish.owner()).revoked();
        if (revoked.isEmpty() || !publish.policy().enforces()) {
            return null;
        }
        ListPublish list = ListPublish.of(publish);
        boolean refused = list == null ? isBundleOfOne(publish, revoked) : isAnnouncement(list, revoked);
        if (!refused) {
            return null;
        }
        record.revokedRefused(publish);
        return REFUSAL;
    }

    private static boolean isBundleOfOne(PublishRequest publish, Set<Integer> revoked) {
        OmemoNode node = publish.node();
        if (node.kind() != OmemoNode.Kind.BUNDLES) {
            return false;
        }
        if (!node.holdsManyItems()) {
            return revoked.contains(DeviceId.parse(node.deviceSuffix()));
        }
        for (Element item : publish.items()) {
            if (revoked.contains(DeviceId.parse(item.attributeValue("id")))) {
                return true;
            }
        }
        return false;
    }

    /** Whether the list is there to bring a revoked device back; else it is taken off. */
    private boolean isAnnouncement(ListPublish list, Set<Integer> revoked) {
        if (ListMerge.remove(list.generation(), list.payload(), revoked::contains)
                .isEmpty()) {
            return false;
        }
        int self = sessions.of(list.client());
        if (self != 0) {
            return revoked.contains(self);
        }
        Element present = book.list(list.owner(), list.generation());
        Set<Integer> listed = present == null ? Set.of() : ListMerge.ids(list.generation(), present);
        return listed.containsAll(list.devices());
    }
}
