// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation;

import com.google.gson.JsonObject;
import im.bastion.audit.AuditEvent;
import im.bastion.audit.AuditTrail;
import im.bastion.moderation.archive.Retractions;
import im.bastion.moderation.archive.Retractions.Actor;
import im.bastion.moderation.archive.Retractions.Retraction;
import im.bastion.moderation.consequence.Aftermath;
import im.bastion.moderation.consequence.Files;
import im.bastion.moderation.desk.Case;
import im.bastion.moderation.desk.CaseBook;
import im.bastion.moderation.desk.RuleScores;
import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.limit.Holds;
import im.bastion.moderation.rule.Hit;
import im.bastion.moderation.rule.Remedy;
import im.bastion.moderation.sanction.Sanction;
import im.bastion.moderation.sanction.Sanctions;
import im.bastion.moderation.sanction.Strikes;
import im.bastion.moderation.statistics.Statistics;
import im.bastion.moderation.statistics.What;
import im.bastion.policy.Mode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.Packet;

/** What follows from findings beside a refusal, and what follows when people find that a finding was wrong. */
final class FollowUp implements Aftermath, CaseBook.Decisions {
    private static final Logger LOG = LoggerFactory.getLogger(FollowUp.class);
    private static final String SELF = "bastion";
    private static final int MAX_UNDONE = 1_000;

    private final Retractions retractions;
    private final Sanctions sanctions;
    private final Strikes strikes;
    private final RuleScores scores;
    private final Holds holds;
    private final Statistics statistics;
    private final AuditTrail audit;
    private final Clock clock;

    FollowUp(
            Retractions retractions,
            Sanctions sanctions,
            Strikes strikes,
            RuleScores scores,
            Holds holds,
            Statistics statistics,
            AuditTrail audit,
            Clock clock) {
        this.retractions = retractions;
        this.sanctions = sanctions;
        this.strikes = strikes;
        this.scores = scores;
        this.holds = holds;
        this.statistics = statistics;
        this.audit = audit;
        this.clock = clock;
    }

    /** Files findings as cases, and counts them for their rules. */
    Files filingIn(CaseBook cases) {
        return (event, hit, mode) -> {
            scores.found(hit.active(), mode);
            statistics.count(
                    event.atMillis(), hit.active().id().value(), event.room().toString(), became(hit, mode));
            return cases.file(event, hit, mode);
        };
    }

    private static What became(Hit hit, Mode mode) {
        if (mode != Mode.ENFORCE) {
            return What.OBSERVED;
        }
        Remedy remedy = hit.finding().remedy();
        return remedy instanceof Remedy.Hold
                ? What.HELD
                : remedy instanceof Remedy.Report ? What.REPORTED : What.REFUSED;
    }

    @Override
    public Holds.Held hold(RoomEvent event, Packet stanza, Duration delay) {
        return holds.hold(event, stanza, delay);
    }

    @Override
    public void strike(RoomEvent event, Hit hit, String reference) {
        Strikes.Climbed climbed = strikes.strike(event, hit, reference);
        if (climbed != null) {
            sanctions.impose(climbed.wish(), (imposed, refused) -> {
                if (imposed != null) {
                    scores.found(climbed.ladder(), Mode.ENFORCE);
                }
            });
        }
        wouldStrike(event, hit, reference);
    }

    @Override
    public void wouldStrike(RoomEvent event, Hit hit, String reference) {
        Strikes.Climbed climbed = strikes.observe(event, hit, reference);
        if (climbed == null) {
            return;
        }
        scores.found(climbed.ladder(), Mode.OBSERVE);
        JsonObject detail = new JsonObject();
        detail.addProperty("kind", climbed.wish().kind().name());
        detail.addProperty("person", climbed.wish().person().toString());
        detail.addProperty("reference", reference);
        audit.record(new AuditEvent(
                clock.instant(),
                ModerationGuard.NAME,
                SELF,
                "sanction-would-follow",
                event.room().toString(),
                climbed.ladder().id(),
                climbed.ladder().version(),
                Mode.OBSERVE,
                detail.toString()));
    }

    /** Nothing that was held back of somebody who may not speak any more is delivered. */
    void imposed(Sanction sanction) {
        if (sanction.kind() != Sanction.Kind.WARN) {
            int dropped = holds.cancel(sanction.room(), sanction.person());
            LOG.debug("{} imposed, {} held messages dropped", sanction.kind(), dropped);
        }
    }

    @Override
    public void retractEarlier(Hit hit, String reference) {
        int dropped = holds.drop(hit.finding().earlier());
        LOG.debug("{} held messages of a wave dropped", dropped);
        retractions.retractPassed(
                hit.finding().earlier(),
                new Actor(null, SELF, reference),
                hit.claim(),
                (outcome, made) -> LOG.debug("{} earlier messages of a wave retracted: {}", made.size(), outcome));
    }

    @Override
    public void overturned(Case decided, String by) {
        if (decided.rule() != null) {
            scores.overturned(decided.rule(), decided.ruleVersion());
        }
        if (decided.room() == null) {
            return;
        }
        if (decided.person() != null) {
            strikes.forgive(decided.room(), decided.person());
            sanctions.inForce(decided.room()).stream()
                    .filter(held -> held.reference().equals(decided.reference()))
                    .forEach(held -> {
                        boolean unused = sanctions.lift(held.id(), by);
                    });
        }
        Instant soon = clock.instant().plusSeconds(60);
        List<Retraction> made = retractions.latest(null, soon, MAX_UNDONE);
        made.stream()
                .filter(one -> one.reference().equals(decided.reference()) && !one.undone())
                .forEach(one ->
                        retractions.undo(one.id(), new Actor(null, by, decided.reference()), (outcome, undone) -> {}));
    }

    @Override
    public void appealed(Case about) {
        if (about.rule() != null) {
            scores.appealed(about.rule(), about.ruleVersion());
        }
    }
}
