// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.limit;

import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.event.RoomEvent.Kind;
import im.bastion.moderation.event.Sender;
import im.bastion.moderation.rule.BrokenDefinition;
import im.bastion.moderation.rule.Definition;
import im.bastion.moderation.rule.Evidence;
import im.bastion.moderation.rule.ModerationRule;
import im.bastion.moderation.rule.Remedy;
import im.bastion.moderation.rule.RuleOutcome;
import im.bastion.moderation.rule.RuleType;
import im.bastion.moderation.text.KeyedHash;
import im.bastion.policy.Severity;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How much is sent, weighed: an ordinary message is 1, a long one, one with links or mentions, a change of subject more, a
 * chat state less. Fields, each a number a minute with a fourth of it (of the first a half) at once: "perAccount" (20) in
 * one room, "perAccountEverywhere" (60) in all, "perDomain" (300) for all senders of another server, "perRoom" (300) for
 * all strangers together, "perService" (3,000) for all strangers in all rooms.
 *
 * <p>What clients do by themselves, such as typing notices and questions to occupants, is counted apart; too much of it is
 * not passed on, but it is nobody's fault.
 *
 * <p>What is shared cannot be used up by one at the cost of others: when a room, a domain or the service is full, only
 * those are made to wait who have had their share of it already; somebody's first message always passes. One or a few
 * accounts can so never silence the rest, and it is the rule "wave" that stands against many. 4 MiB for any number of
 * senders.
 */
public final class RateLimitRule implements ModerationRule {
    public static final RuleType TYPE = RuleType.counting(
            "rate-limit", Severity.INFO, "you are sending faster than this room allows", RateLimitRule::read);

    private static final int MINUTE = 60_000;
    /** Among how many a rate is thought to be shared when it is used up. */
    private static final int SHARERS = 10;

    /** A rate: the time one unit of weight takes, and how much of it may be used ahead. */
    private record Rate(String name, int unitMillis, int burstMillis) {
        static Rate read(Definition definition, String field, int otherwise, int burstPart) throws BrokenDefinition {
            int perMinute = definition.integer(field, otherwise, 1, 60_000);
            int burst = Math.max(MINUTE / burstPart, 2 * MINUTE / perMinute);
            return new Rate(field, Math.max(1, MINUTE / perMinute), burst);
        }

        int cost(double weight) {
            return (int) Math.ceil(unitMillis * weight);
        }
    }

    private final KeyedHash hash = new KeyedHash();
    private final UsageSketch usage = new UsageSketch();
    private final Rate account;
    private final Rate everywhere;
    private final Rate domain;
    private final Rate room;
    private final Rate service;

    private RateLimitRule(Definition definition) throws BrokenDefinition {
        account = Rate.read(definition, "perAccount", 20, 2);
        everywhere = Rate.read(definition, "perAccountEverywhere", 60, 4);
        domain = Rate.read(definition, "perDomain", 300, 4);
        room = Rate.read(definition, "perRoom", 300, 4);
        service = Rate.read(definition, "perService", 3_000, 4);
    }

    private static RateLimitRule read(Definition definition) throws BrokenDefinition {
        return new RateLimitRule(definition);
    }

    @Override
    public RuleOutcome judge(RoomEvent event, Sender sender) {
        if (event.kind() == Kind.LEAVE) {
            return RuleOutcome.NOT_APPLICABLE;
        }
        int now = (int) TimeUnit.NANOSECONDS.toMillis(event.nanos());
        double weight = Weights.of(event, sender);
        boolean strike = isDoneByHand(event.kind());
        String who = strike ? sender.bareJid().toString() : sender.bareJid() + " by the client";
        long person = hash.of("everywhere", who);
        long inRoom = hash.of(event.room().toString(), who);
        int own = usage.ahead(inRoom, now);
        int wait = over(own, account, weight);
        if (wait > 0) {
            return found(account, wait, true, strike);
        }
        wait = over(usage.ahead(person, now), everywhere, weight);
        if (wait > 0) {
            return found(everywhere, wait, true, strike);
        }
        Finding shared = shared(event, sender, now, weight);
        if (shared != null) {
            return shared.outcome();
        }
        usage.add(inRoom, now, account.cost(weight));
        usage.add(person, now, everywhere.cost(weight));
        return RuleOutcome.PASS;
    }

    /** What is used together with others; counted also when it is too much, up to its limit. */
    private Finding shared(RoomEvent event, Sender sender, int now, double weight) {
        // Who has just come in has not spoken yet.
        String person = sender.bareJid() + (event.kind() == Kind.JOIN ? " comes in" : "");
        long ofRoom = hash.of("room", event.room().toString());
        long ofService = hash.of("service", event.room().getDomain());
        Finding finding = use(ofRoom, room, person, now, weight);
        if (finding == null && !sender.isLocal()) {
            long ofDomain = hash.of("domain", sender.realJid().getDomain());
            finding = use(ofDomain, domain, person, now, weight);
        }
        return finding == null ? use(ofService, service, person, now, weight) : finding;
    }

    private Finding use(long what, Rate rate, String person, int now, double weight) {
        int wait = over(usage.ahead(what, now), rate, weight);
        long share = what ^ hash.of("share", person);
        if (wait > 0 && usage.ahead(share, now) > 0) {
            return new Finding(rate, wait);
        }
        if (wait == 0) {
            usage.add(what, now, rate.cost(weight));
        }
        usage.add(share, now, rate.cost(weight) * SHARERS);
        return null;
    }

    private record Finding(Rate rate, int waitMillis) {
        RuleOutcome outcome() {
            return found(rate, waitMillis, false, false);
        }
    }

    private static boolean isDoneByHand(Kind kind) {
        return switch (kind) {
            case MESSAGE, PRIVATE_MESSAGE, SUBJECT, JOIN, NICK_CHANGE, INVITATION, VOICE_REQUEST -> true;
            case SIGNAL, STATUS, QUERY, LEAVE -> false;
        };
    }

    /** How many milliseconds too early it is; 0 when it is not. What weighs more than a whole burst passes when all is free. */
    private static int over(int ahead, Rate rate, double weight) {
        return ahead == 0 ? 0 : Math.max(0, ahead + rate.cost(weight) - rate.burstMillis());
    }

    private static RuleOutcome found(Rate rate, int waitMillis, boolean ofOwn, boolean strike) {
        long seconds = Math.max(1, (waitMillis + 999) / 1_000);
        String whose = ofOwn
                ? "you are sending faster than this room allows"
                : "this room gets more messages than it allows just now";
        return new RuleOutcome.Finding(
                Evidence.fact(rate.name()),
                new Remedy.Wait(Duration.ofSeconds(seconds), strike),
                whose + "; try again in " + seconds + " s");
    }
}
