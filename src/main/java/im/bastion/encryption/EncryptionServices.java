// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption;

import im.bastion.encryption.rule.Conflicts;
import im.bastion.encryption.rule.Conflicts.Conflict;
import im.bastion.encryption.rule.EncryptionRule;
import im.bastion.encryption.rule.End;
import im.bastion.encryption.rule.RuleBook;
import im.bastion.encryption.rule.RuleReader;
import im.bastion.encryption.traffic.Conversations;
import im.bastion.encryption.traffic.Simulation;
import im.bastion.encryption.traffic.Usage;
import im.bastion.host.Host;
import im.bastion.policy.Mode;
import im.bastion.store.Policies;
import im.bastion.store.PolicyRow;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.xmpp.packet.JID;

/** What people may ask about the encryption policy: what holds between two, what a draft would do, what is used. */
public final class EncryptionServices {
    private final Host host;
    private final RulesInForce rules;
    private final Policies policies;
    private final Conversations conversations;
    private final Ends ends;
    private final IntFunction<List<Usage.Count>> counts;
    private final Clock clock;

    EncryptionServices(
            Host host,
            RulesInForce rules,
            Policies policies,
            Conversations conversations,
            Ends ends,
            IntFunction<List<Usage.Count>> counts,
            Clock clock) {
        this.host = host;
        this.rules = rules;
        this.policies = policies;
        this.conversations = conversations;
        this.ends = ends;
        this.counts = counts;
        this.clock = clock;
    }

    /**
     * What holds for messages from the one to the other.
     *
     * @param draft a rule that is tried with those that are stored, in the place of its stored version; or null
     * @throws IllegalArgumentException when an address or the draft is none
     */
    public Explanation explain(JID from, JID to, PolicyRow draft) {
        End one = ends.named(from);
        End other = ends.named(to);
        return Explanation.of(book(draft), one, other, clock.instant(), host.domain());
    }

    /**
     * What the draft would have made of the messages that are remembered.
     *
     * @throws IllegalArgumentException when it is no definition
     */
    public Simulation.Result simulate(PolicyRow draft, int days) {
        long first = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toEpochDay() - days + 1;
        return Simulation.of(
                conversations.since(first), book(draft), rules.current().acting(), Instant.MAX, host.domain());
    }

    /** Pairs of stored rules that no message can satisfy both. */
    public List<Conflict> conflicts() {
        return Conflicts.of(book(null).rules());
    }

    /** The counts of the last days by domain and room; null when they cannot be read now. */
    public List<Usage.Count> usage(int days) {
        return counts.apply(days);
    }

    /** How many messages were not remembered because there were too many. */
    public long notRemembered() {
        return conversations.leftOut();
    }

    /** The stored rules as if the guard enforced, and the draft as if it was stored in enforce. */
    private RuleBook book(PolicyRow draft) {
        List<EncryptionRule> all = new ArrayList<>();
        for (PolicyRow row : policies.of(EncryptionGuard.NAME)) {
            boolean replaced = draft != null && row.rule().equals(draft.rule());
            if (!replaced && row.mode() != Mode.OFF && EncryptionFeature.fault(row) == null) {
                all.add(RuleReader.read(row, Mode.ENFORCE, rules::members));
            }
        }
        if (draft != null) {
            all.add(RuleReader.read(enforced(draft), Mode.ENFORCE, rules::members));
        }
        return new RuleBook(all);
    }

    private static PolicyRow enforced(PolicyRow draft) {
        return new PolicyRow(draft.rule(), draft.version(), Mode.ENFORCE, draft.body(), draft.author(), draft.at());
    }
}
