// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.omemo.device.Account;
import im.bastion.omemo.device.Device;
import im.bastion.omemo.device.DeviceBook;
import im.bastion.omemo.device.DeviceDesk;
import im.bastion.omemo.race.ListMerge;
import im.bastion.policy.Refusal;
import im.bastion.policy.RuleId;
import java.util.HashSet;
import java.util.Set;
import org.dom4j.Element;

/** How many devices an account may announce, and whether a new one must be kept by the user before others see it. */
final class DeviceLimits implements PublishJudge {
    private static final RuleId RULE = new RuleId("omemo.device-limit");

    private final DeviceBook book;
    private final DeviceDesk desk;
    private final OmemoRecord record;

    DeviceLimits(DeviceBook book, DeviceDesk desk, OmemoRecord record) {
        this.book = book;
        this.desk = desk;
        this.record = record;
    }

    @Override
    public Refusal judge(PublishRequest publish) {
        ListPublish list = ListPublish.of(publish);
        OmemoPolicy policy = publish.policy();
        if (list == null || (policy.maxDevices() == 0 && !policy.approval())) {
            return null;
        }
        Element present = book.list(list.owner(), list.generation());
        Set<Integer> listed = present == null ? Set.of() : ListMerge.ids(list.generation(), present);
        Set<Integer> added = new HashSet<>(list.devices());
        int devices = added.size();
        added.removeAll(listed);
        if (added.isEmpty()) {
            return null;
        }
        if (policy.maxDevices() != 0 && devices > policy.maxDevices()) {
            Refusal refusal = Refusal.policyViolation(
                    RULE,
                    "An account may have at most " + policy.maxDevices()
                            + " devices for encryption. Please remove one that is no longer used.");
            record.limited(publish, refusal);
            return policy.enforces() ? refusal : null;
        }
        if (policy.approval() && policy.enforces()) {
            hold(list, added, listed);
        }
        return null;
    }

    /** The first device of an account, and one that was known before, need nobody's consent. */
    private void hold(ListPublish list, Set<Integer> added, Set<Integer> listed) {
        Account known = book.peek(list.owner());
        boolean first = listed.isEmpty()
                && (known == null || known.devices().values().stream().noneMatch(Device::wasListed));
        if (first) {
            return;
        }
        for (Integer device : added) {
            Device before = known == null ? null : known.device(device);
            if (before == null || !before.wasListed()) {
                desk.hold(list.owner(), device);
            }
        }
    }
}
