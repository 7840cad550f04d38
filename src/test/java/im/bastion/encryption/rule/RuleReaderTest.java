// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.bastion.encryption.leak.Leak;
import im.bastion.encryption.scheme.Scheme;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.PolicyRow;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleReaderTest {
    @Test
    void readsEveryField() {
        EncryptionRule rule = read(
                """
                {"users": ["Romeo@Home.Example"], "groups": ["staff"], "rooms": ["den@conference.home.example"],
                 "domains": ["Partner.EXAMPLE", "*"],
                 "schemes": {"omemo-2": "require", "omemo-legacy": "prefer", "ox": "allow", "otr": "forbid"},
                 "tolerate": ["reaction", "subject"], "except": ["bot@home.example", "legacy.example"],
                 "action": "warn", "grace": "2026-12-24"}""");

        assertThat(rule.scope().addresses())
                .containsExactlyInAnyOrder("romeo@home.example", "den@conference.home.example");
        assertThat(rule.scope().groups()).containsExactly("staff");
        assertThat(rule.scope().members()).containsExactly("staff@home.example");
        assertThat(rule.scope().domains()).containsExactly("partner.example");
        assertThat(rule.scope().everybody()).isTrue();
        assertThat(rule.stances().required()).isEqualTo(Scheme.OMEMO_2.bit());
        assertThat(rule.stances().of(Scheme.OMEMO_LEGACY)).isEqualTo(Stance.PREFER);
        assertThat(rule.stances().of(Scheme.OX)).isEqualTo(Stance.ALLOW);
        assertThat(rule.stances().of(Scheme.OTR)).isEqualTo(Stance.FORBID);
        assertThat(rule.stances().of(Scheme.PGP)).isNull();
        assertThat(rule.tolerated()).isEqualTo(Leak.REACTION.bit() | Leak.SUBJECT.bit());
        assertThat(rule.except()).containsExactlyInAnyOrder("bot@home.example", "legacy.example");
        assertThat(rule.warnsOnly()).isTrue();
        assertThat(rule.grace()).isEqualTo(Instant.parse("2026-12-24T00:00:00Z"));
        assertThat(rule.mode()).isEqualTo(Mode.ENFORCE);
    }

    @Test
    void aRuleNeverGoesFurtherThanTheGuard() {
        EncryptionRule rule = RuleReader.read(row("{\"domains\":[\"*\"]}"), Mode.OBSERVE, group -> Set.of());

        assertThat(rule.stage(Instant.EPOCH)).isEqualTo(Stage.OBSERVE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|somebody it is for",
                "{\"users\":[]}|somebody it is for",
                "{\"users\":\"romeo@home.example\"}|a list",
                "{\"users\":[1]}|something else than text",
                "{\"users\":[\"home.example\"]}|not an address",
                "{\"users\":[\"romeo@home.example/phone\"]}|not an address",
                "{\"users\":[\"@\"]}|not an address",
                "{\"domains\":[\"a@home.example\"]}|not a domain",
                "{\"domains\":[\"\"]}|not a domain",
                "{\"domains\":[\"*\"],\"except\":[\"a/b\"]}|\"except\"",
                "{\"domains\":[\"*\"],\"schemes\":[]}|\"schemes\"",
                "{\"domains\":[\"*\"],\"schemes\":{\"rot13\":\"require\"}}|rot13",
                "{\"domains\":[\"*\"],\"schemes\":{\"ox\":\"maybe\"}}|maybe",
                "{\"domains\":[\"*\"],\"schemes\":{\"ox\":null}}|something else than text",
                "{\"domains\":[\"*\"],\"tolerate\":[\"offered-file\"]}|\"tolerate\"",
                "{\"domains\":[\"*\"],\"action\":\"shout\"}|\"action\"",
                "{\"domains\":[\"*\"],\"grace\":\"tomorrow\"}|\"grace\"",
                "{\"domains\":[\"*\"],\"colour\":\"red\"}|\"colour\"",
                "[]|one JSON object"
            })
    void whatIsNotAllowedIsNamed(String body, String named) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named);
    }

    private static EncryptionRule read(String body) {
        return RuleReader.read(row(body), Mode.ENFORCE, group -> Set.of(group + "@home.example"));
    }

    private static PolicyRow row(String body) {
        return new PolicyRow(new RuleId("encryption.test"), 3, Mode.ENFORCE, body, "admin", Instant.EPOCH);
    }
}
