// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.book;

import im.bastion.host.memory.MemoryHost;
import im.bastion.moderation.reputation.FollowedLists;
import im.bastion.moderation.reputation.OwnList;
import im.bastion.moderation.rule.RuleType;
import im.bastion.moderation.wave.Shields;
import im.bastion.store.MemoryRecords;
import im.bastion.store.PolicyRow;
import java.time.Clock;
import java.util.List;

/** All types of rules, over a host in memory that nobody changes. */
public final class RuleTypes {
    /** All of them. */
    public static final List<RuleType> ALL = all();

    private RuleTypes() {}

    /** What is wrong with the definition, or null. */
    public static String fault(PolicyRow definition) {
        List<String> problems = RuleBook.of(ALL).with(List.of(definition)).problems();
        return problems.isEmpty() ? null : problems.get(0);
    }

    private static List<RuleType> all() {
        MemoryHost host = new MemoryHost();
        FollowedLists lists = new FollowedLists(
                host, new MemoryRecords(), event -> {}, Clock.systemUTC(), new OwnList(host, () -> false));
        lists.close();
        return ModerationRules.of(host.rooms(), lists, new Shields());
    }
}
