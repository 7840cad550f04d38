// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester;

import im.bastion.federation.tester.fact.Authenticity;
import im.bastion.federation.tester.fact.Endpoint;
import im.bastion.federation.tester.fact.PeerFacts;
import im.bastion.federation.tester.fact.PoshFacts;
import im.bastion.federation.tester.fact.TestStep;
import im.bastion.federation.tester.grade.Assessment;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;

/**
 * A test that is over, as it is kept and shown. Texts come from the peer and are not escaped.
 *
 * @param domain in A-labels
 * @param millis how long it took
 * @param by the admin who asked for it
 * @param steps in the order in which they were taken
 * @param authenticity what DNSSEC says of the peer's names
 */
public record PeerReport(
        String domain,
        Instant began,
        long millis,
        String by,
        List<TestStep> steps,
        Authenticity authenticity,
        List<Endpoint> endpoints,
        PoshFacts posh,
        Assessment assessment) {
    public PeerReport {
        began = began.truncatedTo(ChronoUnit.MILLIS);
        Objects.requireNonNull(domain);
        Objects.requireNonNull(by);
        Objects.requireNonNull(authenticity);
        Objects.requireNonNull(posh);
        Objects.requireNonNull(assessment);
        steps = List.copyOf(steps);
        endpoints = List.copyOf(endpoints);
    }

    static PeerReport of(PeerFacts facts, Instant began, long millis, String by, List<TestStep> steps) {
        return new PeerReport(
                facts.domain(),
                began,
                millis,
                by,
                steps,
                facts.authenticity(),
                facts.endpoints(),
                facts.posh(),
                Assessment.of(facts, began));
    }
}
