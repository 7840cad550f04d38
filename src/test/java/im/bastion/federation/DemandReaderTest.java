// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.bastion.host.ServerSession.Direction;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.PolicyRow;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DemandReaderTest {
    private static PolicyRow row(String body) {
        return new PolicyRow(DemandReader.TLS_AND_VALID_CERTIFICATE, 3, Mode.ENFORCE, body, "admin", Instant.EPOCH);
    }

    private static Demand read(String body) {
        return DemandReader.read(row(body), Mode.ENFORCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"domains\":[\"*\"]}", "{\"domains\":[\"*\"],\"direction\":\"both\"}"})
    void isForEverybodyInBothDirectionsUnlessItSaysOtherwise(String body) {
        Demand demand = read(body);

        assertThat(demand.isFor(Direction.INCOMING, "peer.test")).isTrue();
        assertThat(demand.isFor(Direction.OUTGOING, "any.other")).isTrue();
    }

    @Test
    void isForTheDomainsItNamesHoweverTheyAreWritten() {
        Demand demand = read("{\"domains\":[\"Peer.Test\",\"bücher.test\"]}");

        assertThat(demand.isFor(Direction.OUTGOING, "peer.test")).isTrue();
        assertThat(demand.isFor(Direction.OUTGOING, "xn--bcher-kva.test")).isTrue();
        assertThat(demand.isFor(Direction.OUTGOING, "sub.peer.test")).isFalse();
        assertThat(demand.isFor(Direction.OUTGOING, "")).isFalse();
    }

    @Test
    void isForTheDirectionItNames() {
        Demand demand = read("{\"direction\":\"in\"}");

        assertThat(demand.isFor(Direction.INCOMING, "peer.test")).isTrue();
        assertThat(demand.isFor(Direction.OUTGOING, "peer.test")).isFalse();
    }

    @Test
    void doesNoMoreThanTheGuardMay() {
        assertThat(DemandReader.read(row("{}"), Mode.OBSERVE).mode()).isEqualTo(Mode.OBSERVE);
        assertThat(DemandReader.read(row("{}"), Mode.OFF).isFor(Direction.INCOMING, "peer.test"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                        | one JSON object",
                "null                                    | one JSON object",
                "[]                                      | one JSON object",
                "{} {}                                   | not JSON",
                "{                                       | not JSON",
                "{'domains':['*']}                       | not JSON",
                "{\"domains\":\"*\"}                     | \"domains\" a list",
                "{\"domains\":[]}                        | \"domains\" a list",
                "{\"domains\":[7]}                       | something else than text in \"domains\"",
                "{\"domains\":[\"*\",\"peer.test\"]}     | beside other \"domains\"",
                "{\"domains\":[\"peer test\"]}           | which is not a domain name",
                "{\"domains\":[\"192.0.2.1\"]}           | which is not a domain name",
                "{\"direction\":\"sideways\"}            | \"both\", \"in\" and \"out\"",
                "{\"direction\":null}                    | something else than text in \"direction\"",
                "{\"domain\":[\"*\"]}                    | a field \"domain\"",
            })
    void refusesAnythingElseAndNamesRuleVersionAndField(String body, String expected) {
        assertThatThrownBy(() -> read(body == null ? "" : body))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Rule federation.tls-and-valid-certificate (version 3) ")
                .hasMessageContaining(expected);
    }

    @Test
    void refusesARuleItDoesNotKnow() {
        PolicyRow unknown =
                new PolicyRow(new RuleId("federation.later"), 1, Mode.ENFORCE, "{}", "admin", Instant.EPOCH);

        assertThatThrownBy(() -> DemandReader.read(unknown, Mode.ENFORCE))
                .hasMessageContaining("federation.later")
                .hasMessageContaining("not a rule of this version");
    }
}
