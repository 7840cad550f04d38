// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.policy;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.federation.policy.PeerVerdict.Standing;
import im.bastion.federation.tls.CipherSuite;
import im.bastion.federation.tls.NameMatch;
import im.bastion.federation.tls.StreamFacts;
import im.bastion.host.ServerSession.Authentication;
import im.bastion.host.ServerSession.Direction;
import im.bastion.host.ServerSession.Establishment;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.PolicyRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FederationPolicyTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private final List<Demand> demands = new ArrayList<>();

    private FederationPolicyTest rule(String id, Mode mode, String peers, String more) {
        String body = "{\"peers\":[" + peers + "]," + more + "}";
        demands.add(DemandReader.read(
                new PolicyRow(new RuleId("federation." + id), 1, mode, body, "admin", Instant.EPOCH)));
        return this;
    }

    private PeerVerdict judge(String domain) {
        return judge(domain, Mode.ENFORCE, NOW);
    }

    private PeerVerdict judge(String domain, Mode ceiling, Instant now) {
        return new FederationPolicy(demands, ceiling).judge(plain(Direction.OUTGOING, domain), now);
    }

    private static StreamFacts plain(Direction direction, String domain) {
        return new StreamFacts(
                direction,
                domain,
                false,
                "",
                new CipherSuite(""),
                Establishment.PLAIN,
                Authentication.DIALBACK,
                null,
                Instant.MAX,
                "it presented no certificate",
                NameMatch.NONE);
    }

    @Test
    void theMostSpecificRuleCountsAlone() {
        rule("all", Mode.ENFORCE, "\"*\"", "\"certificate\":\"valid\"");
        rule("tree", Mode.ENFORCE, "\"**.lab.test\"", "\"certificate\":\"none\"");
        rule("exact", Mode.ENFORCE, "\"strict.lab.test\"", "\"certificate\":\"encrypted\"");

        assertThat(judge("a.test").standing()).isEqualTo(Standing.REFUSED);
        assertThat(judge("lab.test").standing()).isEqualTo(Standing.ALLOWED);
        assertThat(judge("x.y.lab.test").standing()).isEqualTo(Standing.ALLOWED);
        assertThat(judge("strict.lab.test").rule()).isEqualTo(new RuleId("federation.exact"));
    }

    @Test
    void aRuleInObserveWeakensNothing() {
        rule("all", Mode.ENFORCE, "\"*\"", "\"certificate\":\"encrypted\"");
        rule("trial", Mode.OBSERVE, "\"a.test\"", "\"certificate\":\"none\"");

        assertThat(judge("a.test").rule()).isEqualTo(new RuleId("federation.all"));
        assertThat(judge("a.test").standing()).isEqualTo(Standing.REFUSED);
    }

    @Test
    void aRuleInObserveObjectsWhereTheEnforcedOneDoesNot() {
        rule("all", Mode.ENFORCE, "\"*\"", "\"certificate\":\"none\"");
        rule("trial", Mode.OBSERVE, "\"*\"", "\"certificate\":\"encrypted\"");

        assertThat(judge("a.test").standing()).isEqualTo(Standing.WOULD_BE_REFUSED);
        assertThat(judge("a.test").rule()).isEqualTo(new RuleId("federation.trial"));
    }

    @Test
    void anEnforcedRuleMoreSpecificThanOneInObserveKeepsThatFromObjecting() {
        rule("trial", Mode.OBSERVE, "\"*\"", "\"certificate\":\"encrypted\"");
        rule("exact", Mode.ENFORCE, "\"a.test\"", "\"certificate\":\"none\"");

        assertThat(judge("a.test").standing()).isEqualTo(Standing.ALLOWED);
    }

    @Test
    void theGuardsModeIsTheCeiling() {
        rule("all", Mode.ENFORCE, "\"*\"", "\"certificate\":\"encrypted\"");

        assertThat(judge("a.test", Mode.OBSERVE, NOW).standing()).isEqualTo(Standing.WOULD_BE_REFUSED);
        assertThat(judge("a.test", Mode.OFF, NOW).standing()).isEqualTo(Standing.NOT_POLICED);
        assertThat(new FederationPolicy(demands, Mode.OFF).polices(Direction.OUTGOING))
                .isFalse();
    }

    @Test
    void aRuleForOneDirectionIsNotForTheOther() {
        rule("in", Mode.ENFORCE, "\"*\"", "\"certificate\":\"encrypted\",\"direction\":\"in\"");
        FederationPolicy policy = new FederationPolicy(demands, Mode.ENFORCE);

        assertThat(policy.polices(Direction.OUTGOING)).isFalse();
        assertThat(policy.judge(plain(Direction.OUTGOING, "a.test"), NOW)).isSameAs(PeerVerdict.NOT_POLICED);
        assertThat(policy.judge(plain(Direction.INCOMING, "a.test"), NOW).standing())
                .isEqualTo(Standing.REFUSED);
    }

    @Test
    void anExceptionLetsItsPeerThroughUntilItsDayIsOver() {
        rule(
                "all",
                Mode.ENFORCE,
                "\"*\"",
                "\"certificate\":\"encrypted\",\"exceptions\":[{\"peer\":\"**.late.test\",\"reason\":\"r\","
                        + "\"until\":\"2026-11-24\"}]");

        PeerVerdict excepted = judge("a.late.test");
        assertThat(excepted.standing()).isEqualTo(Standing.WOULD_BE_REFUSED);
        assertThat(excepted.reason()).contains("not encrypted", "until 2026-11-24 by an exception");
        assertThat(excepted.validUntil()).isEqualTo(Instant.parse("2026-11-25T00:00:00Z"));
        assertThat(judge("early.test").standing()).isEqualTo(Standing.REFUSED);
        assertThat(judge("a.late.test", Mode.ENFORCE, NOW.plus(Duration.ofDays(1)))
                        .standing())
                .isEqualTo(Standing.REFUSED);
    }

    @Test
    void aSessionThatCannotBeReadFailsWhateverIsDemandedAndPassesWhereNothingIs() {
        rule("all", Mode.ENFORCE, "\"*\"", "\"certificate\":\"valid\"");
        rule("free", Mode.ENFORCE, "\"free.test\"", "\"certificate\":\"none\"");
        FederationPolicy policy = new FederationPolicy(demands, Mode.ENFORCE);

        assertThat(policy.judgeUnknown(Direction.OUTGOING, "a.test", "why", NOW).standing())
                .isEqualTo(Standing.REFUSED);
        assertThat(policy.judgeUnknown(Direction.OUTGOING, "free.test", "why", NOW)
                        .standing())
                .isEqualTo(Standing.ALLOWED);
    }

    @Test
    void whatIsNoDomainNameIsHeldToTheRuleForEverybody() {
        rule("all", Mode.ENFORCE, "\"*\"", "\"certificate\":\"valid\"");

        assertThat(judge("192.0.2.1").standing()).isEqualTo(Standing.REFUSED);
        assertThat(judge("").standing()).isEqualTo(Standing.REFUSED);
    }

    @Test
    void saysInPlainWordsWhatIsDemandedAndWhatIsWrong() {
        rule("all", Mode.ENFORCE, "\"*\"", "\"certificate\":\"encrypted\"");

        assertThat(judge("a.test").verdict().toString())
                .contains("This server exchanges stanzas with a.test only with encryption with TLS, but the connection"
                        + " to it is not encrypted (rule federation.all).");
    }
}
