// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation;

import im.bastion.federation.ImportPlan.Kind;
import im.bastion.federation.ImportPlan.Step;
import im.bastion.federation.policy.DefinitionJson;
import im.bastion.federation.policy.Demand;
import im.bastion.federation.policy.DemandReader;
import im.bastion.federation.policy.FederationPolicy;
import im.bastion.federation.policy.PolicyFault;
import im.bastion.federation.policy.PolicyFile;
import im.bastion.federation.policy.PolicyFile.Content;
import im.bastion.federation.policy.RuleDraft;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.BodyDifference;
import im.bastion.store.Policies;
import im.bastion.store.PolicyChange;
import im.bastion.store.PolicyRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What admins' changes of the policy would be, one rule or all of it. Thread-safe. */
public final class PolicyEditor {
    private static final String GUARD = "federation";

    private final Policies policies;
    private final Predicate<String> local;

    /** @param local whether a domain is this server's own */
    public PolicyEditor(Policies policies, Predicate<String> local) {
        this.policies = policies;
        this.local = local;
    }

    /** What is wrong with a new version of one rule beside the others, naming the field; null when nothing is. */
    public String fault(PolicyRow draft) {
        try {
            DemandReader.check(draft, others(draft.rule()), local);
            return null;
        } catch (PolicyFault e) {
            return "Rule " + draft.rule() + ", " + e.getMessage();
        }
    }

    /**
     * The policy as it would be with this version of the rule, as if rule and guard were in enforce; the other rules keep
     * their modes.
     *
     * @throws PolicyFault naming field and what is allowed there
     */
    public FederationPolicy enforcing(PolicyRow draft) {
        List<Demand> others = others(draft.rule());
        DemandReader.check(draft, others, local);
        List<Demand> demands = new ArrayList<>();
        // First, so that it counts before another for the same peers: it would have to take that one's place.
        demands.add(enforced(new RuleDraft(draft.rule(), draft.mode(), draft.body()), draft.version()));
        demands.addAll(others);
        return new FederationPolicy(demands, Mode.ENFORCE);
    }

    /**
     * The policy of the file, as if the guard and every rule that observes were in enforce.
     *
     * @throws PolicyFault the first there is
     */
    public FederationPolicy enforcing(String file) {
        Content content = PolicyFile.read(file, local);
        if (!content.faults().isEmpty()) {
            throw content.faults().get(0);
        }
        return new FederationPolicy(
                content.rules().stream()
                        .filter(rule -> rule.mode() != Mode.OFF)
                        .map(rule -> enforced(rule, 0))
                        .toList(),
                Mode.ENFORCE);
    }

    /** The rules that can be read, those that are off too. */
    public List<Demand> rules() {
        return others(null);
    }

    /** The whole policy as a policy file. Rules that cannot be read are not in it. */
    public String export() {
        return PolicyFile.write(rules());
    }

    /** A dry run: what the file would change. */
    public ImportPlan plan(String file) {
        Map<String, PolicyRow> now = now();
        Content content = PolicyFile.read(file, local);
        List<Step> steps = new ArrayList<>();
        if (content.faults().isEmpty()) {
            changes(content.rules(), now)
                    .forEach(change -> steps.add(step(now.get(change.rule().value()), change)));
        }
        return new ImportPlan(steps, content.faults(), basis(now));
    }

    /**
     * What is to be stored to make the file the policy: its rules as they stand there, all others off.
     *
     * @param basis of the plan the admin has seen
     * @return null when the policy is not the one the plan starts from any more
     * @throws IllegalArgumentException when the file has faults
     */
    public List<PolicyChange> changes(String file, String basis) {
        Map<String, PolicyRow> now = now();
        if (!basis.equals(basis(now))) {
            return null;
        }
        Content content = PolicyFile.read(file, local);
        if (!content.faults().isEmpty()) {
            throw new IllegalArgumentException(content.faults().get(0).getMessage());
        }
        return changes(content.rules(), now);
    }

    private List<PolicyChange> changes(List<RuleDraft> drafts, Map<String, PolicyRow> now) {
        Map<String, PolicyRow> absent = new TreeMap<>(now);
        List<PolicyChange> changes = new ArrayList<>();
        for (RuleDraft draft : drafts) {
            PolicyRow row = absent.remove(draft.id().value());
            if (row == null || row.mode() != draft.mode() || !canonical(row).equals(draft.body())) {
                changes.add(new PolicyChange(draft.id(), row == null ? 0 : row.version(), draft.mode(), draft.body()));
            }
        }
        absent.values().stream()
                .filter(row -> row.mode() != Mode.OFF)
                .map(row -> new PolicyChange(row.rule(), row.version(), Mode.OFF, row.body()))
                .forEach(changes::add);
        return changes;
    }

    private static Step step(PolicyRow before, PolicyChange change) {
        String old = before == null ? null : canonical(before);
        boolean sameBody = before != null && before.body().equals(change.body());
        Kind kind = before == null ? Kind.ADDED : sameBody && change.mode() == Mode.OFF ? Kind.RETIRED : Kind.CHANGED;
        return new Step(
                change.rule(),
                kind,
                before == null ? null : before.mode(),
                change.mode(),
                sameBody ? "" : BodyDifference.of(old, change.body()));
    }

    /** The body as a policy file would have it: what means the same is the same text. */
    private static String canonical(PolicyRow row) {
        try {
            return DefinitionJson.of(DemandReader.read(row).definition()).toString();
        } catch (PolicyFault e) {
            return row.body();
        }
    }

    private List<Demand> others(RuleId rule) {
        List<Demand> demands = new ArrayList<>();
        for (PolicyRow row : policies.of(GUARD)) {
            if (!row.rule().equals(rule)) {
                readable(row, demands);
            }
        }
        return demands;
    }

    private static Demand enforced(RuleDraft rule, int version) {
        return DemandReader.read(new PolicyRow(rule.id(), version, Mode.ENFORCE, rule.body(), "", Instant.EPOCH));
    }

    private static void readable(PolicyRow row, List<Demand> demands) {
        try {
            demands.add(DemandReader.read(row));
        } catch (PolicyFault e) {
            // Reported by whoever puts the rules in force; here it is merely not there.
        }
    }

    private Map<String, PolicyRow> now() {
        return policies.of(GUARD).stream()
                .collect(Collectors.toMap(row -> row.rule().value(), row -> row, (a, b) -> b, TreeMap::new));
    }

    private static String basis(Map<String, PolicyRow> now) {
        return now.values().stream()
                .map(row -> row.rule() + ":" + row.version())
                .collect(Collectors.joining(","));
    }
}
