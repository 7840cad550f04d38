// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.rule;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.PolicyRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConflictsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"omemo-2\":\"require\"|\"omemo-2\":\"forbid\"|true",
                "\"omemo-2\":\"forbid\"|\"omemo-2\":\"require\"|true",
                "\"omemo-2\":\"require\"|\"ox\":\"require\"|true",
                "\"omemo-2\":\"require\",\"ox\":\"allow\"|\"omemo-2\":\"forbid\"|false",
                "\"omemo-2\":\"require\",\"ox\":\"allow\"|\"ox\":\"require\"|false",
                "\"omemo-2\":\"require\"|\"ox\":\"forbid\"|false",
                "\"omemo-2\":\"prefer\"|\"omemo-2\":\"forbid\"|false",
                "\"omemo-2\":\"allow\"|\"ox\":\"require\"|false",
                "\"omemo-2\":\"forbid\"|\"ox\":\"forbid\"|false"
            })
    void isWhatNoMessageCanSatisfy(String one, String other, boolean conflict) {
        List<EncryptionRule> rules = List.of(
                rule("one", "\"users\":[\"a@home.example\"],\"schemes\":{" + one + "}"),
                rule("other", "\"users\":[\"b@home.example\"],\"schemes\":{" + other + "}"));

        assertThat(Conflicts.of(rules)).hasSize(conflict ? 1 : 0);
    }

    @Test
    void thoseForTheSamePeopleComeFirst() {
        List<EncryptionRule> rules = List.of(
                rule("require", "\"domains\":[\"home.example\"],\"schemes\":{\"ox\":\"require\"}"),
                rule("elsewhere", "\"domains\":[\"away.example\"],\"schemes\":{\"ox\":\"forbid\"}"),
                rule("here", "\"domains\":[\"home.example\"],\"schemes\":{\"ox\":\"forbid\"}"));

        assertThat(Conflicts.of(rules))
                .extracting(conflict -> conflict.other().id().value() + " " + conflict.same())
                .containsExactly("encryption.here true", "encryption.elsewhere false");
    }

    @Test
    void areNotListedWithoutEnd() {
        List<EncryptionRule> rules = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String stance = i % 2 == 0 ? "require" : "forbid";
            rules.add(rule("r" + i, "\"users\":[\"u" + i + "@home.example\"],\"schemes\":{\"ox\":\"" + stance + "\"}"));
        }

        assertThat(Conflicts.of(rules)).hasSize(Conflicts.MAX);
    }

    private static EncryptionRule rule(String name, String fields) {
        PolicyRow row = new PolicyRow(
                new RuleId("encryption." + name), 1, Mode.ENFORCE, "{" + fields + "}", "admin", Instant.EPOCH);
        return RuleReader.read(row, Mode.ENFORCE, group -> Set.of());
    }
}
