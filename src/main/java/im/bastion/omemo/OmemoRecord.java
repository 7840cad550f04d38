// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.audit.AuditEvent;
import im.bastion.audit.AuditTrail;
import im.bastion.host.Pep;
import im.bastion.metric.Counters;
import im.bastion.metric.Health;
import im.bastion.omemo.check.Judgement;
import im.bastion.omemo.device.KeyExchanges;
import im.bastion.policy.Mode;
import im.bastion.policy.Refusal;
import im.bastion.policy.RuleId;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.xmpp.packet.JID;

/** Where the guard says what it did: counters for everything, the audit log for what an admin would ask about. */
final class OmemoRecord {
    static final String PART = "omemo";
    private static final RuleId CONFIGURATION = new RuleId("omemo.node-configuration");
    private static final RuleId DURABLE = new RuleId("omemo.durable-publish");
    private static final RuleId REVOKED = new RuleId("omemo.revoked-device");
    private static final RuleId MERGED = new RuleId("omemo.merged-list");
    private static final RuleId EXCHANGE = new RuleId("omemo.key-exchange");
    private static final String BASTION = "bastion";
    private static final int MAX_SAID = 4_096;

    private final AuditTrail audit;
    private final Health health;
    private final Clock clock;
    private final LongAdder kept;
    private final LongAdder notKept;
    private final LongAdder made;
    private final LongAdder repaired;
    private final LongAdder rewritten;
    private final LongAdder refused;
    private final LongAdder questioned;
    private final LongAdder merged;
    private final LongAdder copiesDropped;
    private final LongAdder swept;
    private final Set<String> said = ConcurrentHashMap.newKeySet();

    OmemoRecord(AuditTrail audit, Counters counters, Health health, Clock clock) {
        this.audit = audit;
        this.health = health;
        this.clock = clock;
        this.kept = counters.counter("omemo.publishes-kept");
        this.notKept = counters.counter("omemo.publishes-not-kept");
        this.made = counters.counter("omemo.nodes-made");
        this.repaired = counters.counter("omemo.nodes-repaired");
        this.rewritten = counters.counter("omemo.max-rewritten");
        this.refused = counters.counter("omemo.options-refused");
        this.questioned = counters.counter("omemo.publishes-questioned");
        this.merged = counters.counter("omemo.lists-merged");
        this.swept = counters.counter("omemo.nodes-swept");
        this.copiesDropped = counters.counter("omemo.event-copies-dropped");
    }

    /** The publish's result may go out: its items are in the database. */
    void kept() {
        kept.increment();
        Health.Report report = health.of(PART);
        if (report == null || report.state() != Health.State.OK) {
            health.ok(PART);
        }
    }

    /** The publish's result was turned into an error. */
    void notKept(AwaitedPublishes.Publish publish, String reason) {
        notKept.increment();
        health.degraded(
                PART, "Keys could not be written to the database, and clients were told so. Check the database.");
        record(DURABLE, BASTION, "publish-not-kept", subject(publish.owner(), publish.nodeId()), Mode.ENFORCE, reason);
    }

    /** The result of a retraction, a deletion or a configuration was turned into an error. */
    void changeNotKept(JID owner, String nodeId, String reason) {
        health.degraded(
                PART,
                "A change of keys could not be written to the database, and clients were told so. Check the database.");
        record(DURABLE, BASTION, "change-not-kept", subject(owner, nodeId), Mode.ENFORCE, reason);
    }

    void made() {
        made.increment();
    }

    /** A node was, or in OBSERVE would have been, given another configuration. */
    void repaired(JID owner, Pep.Node before, Map<String, String> changes, Mode mode) {
        repaired.increment();
        String detail = "was access_model=" + before.accessModel() + ", persist_items="
                + (before.persistent() ? "1" : "0") + ", max_items=" + before.maxItems() + "; set " + changes;
        record(CONFIGURATION, BASTION, "node-repaired", subject(owner, before.id()), mode, detail);
    }

    /** "max" was replaced by a number. */
    void rewritten() {
        rewritten.increment();
    }

    /** A request was, or in OBSERVE would have been, refused for a field that cannot be had. */
    void refused(JID owner, String nodeId, Refusal refusal, Mode mode) {
        refused.increment();
        if (mode == Mode.OBSERVE) {
            record(refusal.rule(), owner.toString(), "options-refused", subject(owner, nodeId), mode, refusal.text());
        }
    }

    /**
     * A check had something to say about what was published. Each check's word about a node goes to the audit log once,
     * for there are clients that publish the same every day.
     *
     * @param refused whether the publish was, or in OBSERVE would have been, refused
     */
    void questioned(PublishRequest publish, Judgement.Note note, boolean refused) {
        questioned.increment();
        String subject = subject(publish.owner(), publish.nodeId());
        Mode mode = refused && publish.policy().enforces() ? Mode.ENFORCE : Mode.OBSERVE;
        if (isNews(subject + " " + note.check().id() + " " + note.finding() + mode)) {
            record(
                    note.check().id(),
                    publish.owner().toString(),
                    refused ? "publish-refused" : "publish-questioned",
                    subject,
                    mode,
                    note.finding().toString());
        }
    }

    /** A revoked device tried to come back. Told once for each session. */
    void revokedRefused(PublishRequest publish) {
        refused.increment();
        once(REVOKED, publish, "revoked-device-refused", Mode.ENFORCE, "by " + publish.client());
    }

    /** An account has, or in OBSERVE would have had, too many devices. */
    void limited(PublishRequest publish, Refusal refusal) {
        refused.increment();
        Mode mode = publish.policy().enforces() ? Mode.ENFORCE : Mode.OBSERVE;
        once(refusal.rule(), publish, "device-refused", mode, refusal.text());
    }

    /** Devices that a publish did not know of stay, or in OBSERVE would have stayed, on the list. */
    void merged(PublishRequest publish, List<Integer> devices, Mode mode) {
        if (!devices.isEmpty()) {
            merged.increment();
            record(
                    MERGED,
                    publish.client().toString(),
                    "list-merged",
                    subject(publish.owner(), publish.nodeId()),
                    mode,
                    "kept " + devices);
        }
    }

    /** A message that begins a session shows that something is wrong. Told once for each pair of devices. */
    void warned(KeyExchanges.Seen seen, KeyExchanges.Warning warning) {
        String subject = seen.receiver() + " " + seen.receiverDevice();
        String sender = seen.sender() + " " + seen.senderDevice();
        if (isNews(subject + sender + warning)) {
            String detail = warning.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ", from " + sender;
            record(EXCHANGE, BASTION, "key-exchange-warning", subject, Mode.OBSERVE, detail);
        }
    }

    private void once(RuleId rule, PublishRequest publish, String action, Mode mode, String detail) {
        String subject = subject(publish.owner(), publish.nodeId());
        if (isNews(subject + " " + rule + " " + action + detail + mode)) {
            record(rule, publish.client().toString(), action, subject, mode, detail);
        }
    }

    private boolean isNews(String sentence) {
        if (said.size() >= MAX_SAID) {
            said.clear();
        }
        return said.add(sentence);
    }

    /** An event did not go out because whom it was for had got it already. */
    void copyDropped() {
        copiesDropped.increment();
    }

    /** A sweep was started or came to an end. */
    void sweep(String action, SweepProgress sweep, String actor) {
        record(CONFIGURATION, actor, action, "sweep " + sweep.id(), mode(sweep), counts(sweep));
    }

    /** A sweep has dealt with a page; the nodes of which it has something to say are in its results. */
    void swept(SweepProgress sweep, List<SweptNode> nodes) {
        if (nodes.isEmpty()) {
            return;
        }
        long changed = nodes.stream()
                .filter(node -> node.outcome() == SweptNode.Outcome.CHANGED)
                .count();
        swept.add(changed);
        String detail = changed + " nodes changed, from " + nodes.get(0).owner() + " to "
                + nodes.get(nodes.size() - 1).owner() + "; " + counts(sweep);
        record(CONFIGURATION, BASTION, "nodes-repaired", "sweep " + sweep.id(), mode(sweep), detail);
    }

    private static Mode mode(SweepProgress sweep) {
        return sweep.dryRun() ? Mode.OBSERVE : Mode.ENFORCE;
    }

    private static String counts(SweepProgress sweep) {
        return "in all " + sweep.done() + " of " + sweep.total() + " looked at, " + sweep.changed() + " changed, "
                + sweep.left() + " left closed, " + sweep.failed() + " failed";
    }

    private void record(RuleId rule, String actor, String action, String subject, Mode mode, String detail) {
        audit.record(new AuditEvent(clock.instant(), PART, actor, action, subject, rule, 0, mode, detail));
    }

    private static String subject(JID owner, String nodeId) {
        return owner.toBareJID() + " " + nodeId;
    }
}
