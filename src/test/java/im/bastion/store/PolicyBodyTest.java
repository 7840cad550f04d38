// SPDX-License-Identifier: Apache-2.0
package im.bastion.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyBodyTest {
    @Test
    void readsAnObject() {
        assertThat(PolicyBody.parse(" {\"a\": [1, {\"b\": \"ü\"}]} ").get("a").getAsJsonArray())
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "\"text\"",
                "1",
                "{",
                "{\"a\":}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":1,}",
                "{\"a\":1} {}",
                "{\"a\":1} x",
                "{\"a\":NaN}",
                "{\"a\":01}",
                "{\"a\":1e999}",
                "{\"a\":\"\\x\"}",
                "{\"a\":TRUE}",
                "// comment\n{}",
                "{\"a\":\"\n\"}",
                "{\"a\":1,\"a\":2}",
                "{\"b\":[{\"a\":1,\"c\":0,\"a\":1}]}"
            })
    void refusesWhatIsNotOneJsonObject(String body) {
        assertThatThrownBy(() -> PolicyBody.parse(body))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("must be one JSON object");
    }

    @Test
    void readsNumbersAsLongOrDouble() {
        assertThat(PolicyBody.parse("{\"a\":123456789012345678}").get("a").getAsLong())
                .isEqualTo(123456789012345678L);
        assertThat(PolicyBody.parse("{\"a\":1.5e3}").get("a").getAsDouble()).isEqualTo(1500);
    }

    @Test
    void refusesWhatIsNestedTooDeep() {
        String deepest = "{\"a\":" + "[".repeat(31) + "]".repeat(31) + "}";
        assertThat(PolicyBody.parse(deepest).size()).isOne();
        assertThatThrownBy(() -> PolicyBody.parse("{\"a\":" + "[".repeat(32) + "]".repeat(32) + "}"))
                .hasMessageContaining("Nesting limit 32 reached");
    }

    @Test
    void refusesHalfACharacterAndCountsBytes() {
        assertThatThrownBy(() -> PolicyBody.parse("{\"a\":\"\uD83D\"}"))
                .hasMessageStartingWith("must be text without halves");
        assertThatThrownBy(() -> PolicyBody.parse("{\"a\":\"" + "ü".repeat(40_000) + "\"}"))
                .hasMessageStartingWith("must be at most 65536 bytes");
    }
}
