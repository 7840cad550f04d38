// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.bastion.federation.policy.Demand;
import im.bastion.federation.policy.DemandReader;
import im.bastion.federation.rule.Pin;
import im.bastion.host.ServerSession.Direction;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.PolicyChange;
import im.bastion.store.PolicyRow;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PinPlanTest {
    private static final String OLD = "0".repeat(64);
    private static final Pin PIN = new Pin("a".repeat(64), "b".repeat(64));
    private static final String PINS =
            "\"pins\":[{\"peer\":\"peer.test\",\"current\":\"" + PIN.current() + "\",\"next\":\"" + PIN.next() + "\"}]";

    private static PolicyRow row(String id, int version, Mode mode, String body) {
        return new PolicyRow(new RuleId("federation." + id), version, mode, body, "admin", Instant.EPOCH);
    }

    private static PolicyChange plan(boolean both, PolicyRow... rows) {
        List<Demand> rules = Stream.of(rows).map(DemandReader::read).toList();
        PolicyChange change = new PinPlan(rules).of("peer.test", Direction.OUTGOING, both, PIN);
        PolicyRow after =
                new PolicyRow(change.rule(), change.from() + 1, change.mode(), change.body(), "", Instant.EPOCH);
        List<Demand> others =
                rules.stream().filter(rule -> !rule.id().equals(change.rule())).toList();
        DemandReader.check(after, others, domain -> false);
        return change;
    }

    @Test
    void withoutARuleThePeerGetsOneThatObserves() {
        PolicyChange change = plan(true);

        assertThat(change.rule().value()).isEqualTo("federation.pin-peer-test");
        assertThat(change.from()).isZero();
        assertThat(change.mode()).isEqualTo(Mode.OBSERVE);
        assertThat(change.body())
                .isEqualTo(
                        "{\"peers\":[\"peer.test\"],\"direction\":\"both\",\"certificate\":\"pinned\"," + PINS + "}");
    }

    @Test
    void onlyTheDirectionInWhichTheKeyWasSeenIsPinned() {
        assertThat(plan(false).body()).contains("\"direction\":\"out\"");
    }

    @Test
    void theNewRuleKeepsModeAndDemandsOfTheOneThatCounted() {
        PolicyChange change = plan(
                true,
                row(
                        "everybody",
                        3,
                        Mode.ENFORCE,
                        "{\"peers\":[\"*\"],\"certificate\":\"valid\",\"tls\":\"1.2\",\"forward-secrecy\":true}"));

        assertThat(change.mode()).isEqualTo(Mode.ENFORCE);
        assertThat(change.body())
                .contains("\"certificate\":\"pinned\",\"tls\":\"1.2\",\"forward-secrecy\":true," + PINS);
    }

    @Test
    void aRuleForThisPeerAloneTakesThePin() {
        PolicyChange change =
                plan(true, row("friend", 2, Mode.ENFORCE, "{\"peers\":[\"peer.test\"],\"certificate\":\"valid\"}"));

        assertThat(change.rule().value()).isEqualTo("federation.friend");
        assertThat(change.from()).isEqualTo(2);
        assertThat(change.body()).contains("\"certificate\":\"pinned\"," + PINS);
    }

    @Test
    void aRuleOfPinnedPartnersTakesThePinAndKeepsTheOthers() {
        PolicyChange change = plan(
                true,
                row(
                        "partners",
                        5,
                        Mode.OBSERVE,
                        "{\"peers\":[\"*\"],\"certificate\":\"pinned\",\"pins\":[{\"peer\":\"other.test\",\"current\":\""
                                + OLD + "\"},{\"peer\":\"peer.test\",\"current\":\"" + OLD + "\"}]}"));

        assertThat(change.from()).isEqualTo(5);
        assertThat(change.body())
                .contains("{\"peer\":\"other.test\",\"current\":\"" + OLD + "\"}", "\"next\":\"" + PIN.next())
                .doesNotContain("{\"peer\":\"peer.test\",\"current\":\"" + OLD);
    }

    @Test
    void directTlsIsOnlyDemandedWhereItCanBe() {
        PolicyRow rule = row(
                "in",
                1,
                Mode.ENFORCE,
                "{\"peers\":[\"*\"],\"certificate\":\"valid\",\"direction\":\"in\",\"direct-tls\":true}");

        assertThat(plan(true, rule).body()).contains("\"direction\":\"out\"").doesNotContain("direct-tls");
        PolicyChange in = new PinPlan(List.of(DemandReader.read(rule))).of("peer.test", Direction.INCOMING, true, PIN);
        assertThat(in.body()).contains("\"direction\":\"in\"", "\"direct-tls\":true");
    }

    @Test
    void aNameThatIsTakenIsNotTakenAgain() {
        PolicyChange change =
                plan(true, row("pin-peer-test", 1, Mode.OFF, "{\"peers\":[\"peer.test\"],\"certificate\":\"valid\"}"));

        assertThat(change.from()).isZero();
        assertThat(change.rule().value()).matches("federation\\.pin-[0-9a-f]{12}");
    }

    @Test
    void anAddressIsNoDomainARuleCanBeFor() {
        assertThatThrownBy(() -> new PinPlan(List.of()).of("192.0.2.1", Direction.INCOMING, false, PIN))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
