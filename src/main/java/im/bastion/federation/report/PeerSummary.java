// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.report;

import im.bastion.federation.observe.PeerDay;
import im.bastion.federation.observe.Shape;
import im.bastion.federation.policy.Demand;
import im.bastion.federation.policy.FederationPolicy;
import im.bastion.federation.policy.PeerVerdict;
import im.bastion.federation.rule.FederationRules;
import im.bastion.federation.tls.NameMatch;
import im.bastion.federation.tls.StreamFacts;
import im.bastion.host.ServerSession.Direction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One peer on one day. A session has failed when the policy of now objects to it, in observe or in enforce, or when it
 * lacks what RFC 7590 §3 asks of everybody, rule or not.
 *
 * @param policy what the rules that are for the peer demand, in plain words; empty when none is
 * @param successful sessions that began and did not fail
 * @param failures the others, those that were alike together, and attempts that led to no session
 * @param untold sessions that began and are not judged: the history does not tell them apart
 */
public record PeerSummary(PeerDay day, List<String> policy, long successful, List<Failure> failures, long untold) {
    private static final String NOT_REACHED = "no session came about";

    /**
     * Sessions that failed alike.
     *
     * @param direction null when there was no session
     * @param address of the peer; empty when unknown
     * @param reason as the rest of a sentence about the peer
     */
    public record Failure(ResultType type, Direction direction, String address, long sessions, String reason) {}

    public PeerSummary {
        policy = List.copyOf(policy);
        failures = List.copyOf(failures);
    }

    /** @param now for exceptions that end */
    public static PeerSummary of(PeerDay day, FederationPolicy policy, Instant now) {
        long successful = 0;
        List<Failure> failures = new ArrayList<>();
        for (Shape shape : day.shapes()) {
            String reason = reason(shape.facts(), policy, now);
            if (reason.isEmpty()) {
                successful += shape.sessions();
            } else if (shape.sessions() > 0) {
                failures.add(
                        new Failure(type(shape), shape.facts().direction(), shape.address(), shape.sessions(), reason));
            }
        }
        if (day.failures() > 0) {
            failures.add(new Failure(ResultType.VALIDATION_FAILURE, null, "", day.failures(), NOT_REACHED));
        }
        List<String> demands = Stream.of(Direction.values())
                .map(direction -> policy.governing(direction, day.domain()))
                .filter(Objects::nonNull)
                .distinct()
                .map(PeerSummary::words)
                .toList();
        return new PeerSummary(day, demands, successful, failures, day.others());
    }

    /** Sessions and attempts that failed. */
    public long failed() {
        return failures.stream().mapToLong(Failure::sessions).sum();
    }

    private static String reason(StreamFacts facts, FederationPolicy policy, Instant now) {
        PeerVerdict verdict = policy.judge(facts, now);
        return verdict.isClean()
                ? FederationRules.baseline().stream()
                        .map(rule -> rule.violation(facts))
                        .flatMap(Optional::stream)
                        .findFirst()
                        .orElse("")
                : verdict.reason();
    }

    private static ResultType type(Shape shape) {
        StreamFacts facts = shape.facts();
        if (!facts.encrypted()) {
            return ResultType.STARTTLS_NOT_SUPPORTED;
        }
        if (facts.keySha256() != null && !shape.last().isBefore(facts.validUntil())) {
            return ResultType.CERTIFICATE_EXPIRED;
        }
        if (facts.distrust() != null) {
            return ResultType.CERTIFICATE_NOT_TRUSTED;
        }
        return facts.keySha256() != null && facts.name() != NameMatch.MATCHES
                ? ResultType.CERTIFICATE_HOST_MISMATCH
                : ResultType.VALIDATION_FAILURE;
    }

    private static String words(Demand demand) {
        String claim = demand.claim();
        return demand.id() + ": " + (claim.isEmpty() ? "everything is allowed" : "only with " + claim);
    }
}
