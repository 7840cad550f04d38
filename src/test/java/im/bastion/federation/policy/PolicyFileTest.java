// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import im.bastion.federation.policy.PolicyFile.Content;
import im.bastion.federation.policy.Terms.CertificateDemand;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.PolicyRow;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PolicyFileTest {
    private static final String GOOD =
            """
            {
              "format": "bastion-federation-policy",
              "version": 1,
              "rules": [
                {"id": "partners", "mode": "enforce",
                 "peers": ["a.test"], "certificate": "valid"},
                {"id": "everybody", "mode": "observe",
                 "peers": ["*"], "certificate": "encrypted"}
              ]
            }
            """;

    private static Content read(String text) {
        return PolicyFile.read(text, "home.test"::equals);
    }

    private static List<Demand> demands(Content content) {
        return content.rules().stream()
                .map(rule -> DemandReader.read(
                        new PolicyRow(rule.id(), 1, rule.mode(), rule.body(), "admin", Instant.EPOCH)))
                .toList();
    }

    @Test
    void readsRulesWithTheirModes() {
        Content content = read(GOOD);

        assertThat(content.faults()).isEmpty();
        assertThat(content.rules())
                .extracting(RuleDraft::id, RuleDraft::mode)
                .containsExactly(
                        tuple(new RuleId("federation.partners"), Mode.ENFORCE),
                        tuple(new RuleId("federation.everybody"), Mode.OBSERVE));
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        String written = PolicyFile.write(demands(read(GOOD)));

        assertThat(read(written)).isEqualTo(read(GOOD));
        assertThat(PolicyFile.write(demands(read(written)))).isEqualTo(written);
    }

    @Test
    void namesLineAndFieldOfEveryRuleThatIsWrong() {
        Content content = read(GOOD.replace("\"a.test\"", "\"a test\"").replace("encrypted", "encripted"));

        assertThat(content.rules()).isEmpty();
        assertThat(content.faults())
                .extracting(PolicyFault::line, PolicyFault::field)
                .containsExactly(tuple(6, "rules[0].peers[0]"), tuple(8, "rules[1].certificate"));
    }

    @Test
    void oneWrongRuleRefusesTheWholeFile() {
        assertThat(read(GOOD.replace("encrypted", "?")).rules()).isEmpty();
    }

    @Test
    void namesTheLineOfASyntaxError() {
        Content content = read(GOOD.replace("\"version\": 1,", "\"version\": 1"));

        assertThat(content.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.line()).isBetween(3, 4);
            assertThat(fault.what()).startsWith("is not JSON");
        });
    }

    @Test
    void refusesUnknownFieldsOtherFormatsAndVersions() {
        assertThat(read(GOOD.replace("\"certificate\": \"valid\"", "\"certificate\": \"valid\", \"x\": 1"))
                        .faults())
                .singleElement()
                .hasToString("im.bastion.federation.policy.PolicyFault: line 6, rules[0]: has an unknown field \"x\";"
                        + " known are id, mode, " + String.join(", ", DemandReader.FIELDS));
        assertThat(read(GOOD.replace("\"version\": 1", "\"version\": 2")).faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.field()).isEqualTo("version"));
        assertThat(read(GOOD.replace("bastion-federation", "other")).faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.field()).isEqualTo("format"));
    }

    @Test
    void refusesRulesThatContradictEachOtherAreThereTwiceOrNeverMatch() {
        assertThat(read(GOOD.replace("observe", "enforce").replace("[\"*\"]", "[\"*\", \"a.test\"]"))
                        .faults())
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.field()).isEqualTo("rules[1].peers[1]");
                    assertThat(fault.what()).contains("contradicts rule federation.partners");
                });
        assertThat(read(GOOD.replace("\"everybody\"", "\"partners\"")).faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.field()).isEqualTo("rules[1].id"));
        assertThat(read(GOOD.replace("a.test", "home.test")).faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.what()).startsWith("never matches"));
    }

    @Test
    void refusesWhatIsTooLargeOrTooDeepWithoutReadingIt() {
        assertThat(read(" ".repeat(4_000_001)).faults()).hasSize(1);
        assertThat(read("[".repeat(100_000)).faults()).hasSize(1);
    }

    @Test
    void showsNothingOfTheFileUncutOrUnclean() {
        String evil = "\u0000".repeat(2) + "x".repeat(10_000);
        Content content = read(GOOD.replace("\"id\": \"partners\"", "\"id\": \"partners\", \"" + evil + "\": 1"));

        assertThat(content.faults()).singleElement().satisfies(fault -> assertThat(fault.getMessage())
                .hasSizeLessThan(1_000)
                .doesNotContain("\u0000"));
    }

    @ParameterizedTest
    @EnumSource
    void aPresetIsAPolicyFileThatOnlyObserves(Preset preset) {
        Content content = read(preset.text());

        assertThat(content.faults()).isEmpty();
        assertThat(content.rules()).isNotEmpty().allMatch(rule -> rule.mode() == Mode.OBSERVE);
    }

    @Test
    void theSchemaKnowsTheFieldsAndWordsThatAreRead() throws Exception {
        try (InputStream in = PolicyFile.class.getResourceAsStream("federation-policy.schema.json")) {
            JsonObject schema = JsonParser.parseReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .getAsJsonObject();
            JsonObject fields =
                    schema.getAsJsonObject("$defs").getAsJsonObject("rule").getAsJsonObject("properties");

            assertThat(fields.keySet())
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.concat(Stream.of("id", "mode"), DemandReader.FIELDS.stream())
                                    .toList());
            assertThat(fields.getAsJsonObject("certificate")
                            .getAsJsonArray("enum")
                            .asList())
                    .extracting(JsonElement::getAsString)
                    .containsExactlyElementsOf(Arrays.stream(CertificateDemand.values())
                            .map(CertificateDemand::word)
                            .toList());
        }
    }
}
