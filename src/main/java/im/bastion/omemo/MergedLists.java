// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.omemo.device.DeviceBook;
import im.bastion.omemo.device.SessionDevices;
import im.bastion.omemo.race.ListLedger;
import im.bastion.omemo.race.ListMerge;
import im.bastion.omemo.race.SeenDevices;
import im.bastion.policy.Mode;
import im.bastion.policy.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.dom4j.Element;

/**
 * No device is lost when two announce themselves at once: a session takes off the list only what it had seen there. Also
 * remembers what the session knows from its own list, and which device it is when it adds just one.
 */
final class MergedLists implements PublishJudge {
    private final DeviceBook book;
    private final SeenDevices seen;
    private final SessionDevices sessions;
    private final ListLedger ledger;
    private final OmemoRecord record;

    MergedLists(DeviceBook book, SeenDevices seen, SessionDevices sessions, ListLedger ledger, OmemoRecord record) {
        this.book = book;
        this.seen = seen;
        this.sessions = sessions;
        this.ledger = ledger;
        this.record = record;
    }

    @Override
    public Refusal judge(PublishRequest publish) {
        ListPublish list = ListPublish.of(publish);
        if (list == null) {
            return null;
        }
        Set<Integer> known = seen.of(list.client(), list.generation());
        if (!publish.policy().enforces()) {
            List<Integer> missed = ListMerge.merge(
                    list.generation(), list.payload().createCopy(), book.list(list.owner(), list.generation()), known);
            record.merged(publish, missed, Mode.OBSERVE);
            return null;
        }
        Set<Integer> asked = list.devices();
        List<Integer> kept = new ArrayList<>();
        ledger.enter(
                list.owner(),
                list.generation(),
                () -> book.list(list.owner(), list.generation()),
                list.payload(),
                present -> {
                    learn(list, asked, present);
                    kept.addAll(ListMerge.merge(list.generation(), list.payload(), present, known));
                });
        record.merged(publish, kept, Mode.ENFORCE);
        seen.fetched(list.client(), list.generation(), asked);
        return null;
    }

    private void learn(ListPublish list, Set<Integer> asked, Element present) {
        Set<Integer> listed = present == null ? Set.of() : ListMerge.ids(list.generation(), present);
        List<Integer> added =
                asked.stream().filter(device -> !listed.contains(device)).toList();
        if (added.size() == 1 && sessions.of(list.client()) == 0) {
            sessions.learn(list.client(), added.get(0));
        }
    }
}
