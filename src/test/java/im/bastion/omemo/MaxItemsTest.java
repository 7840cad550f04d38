// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaxItemsTest {
    @Test
    void maxIsTheLimit() throws UnacceptableOption {
        assertThat(MaxItems.parse(List.of("max")).within(256)).isEqualTo(256);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "0,0", "-1,-1", "00012,12", "2147483647,2147483647", "' 7 ',7"})
    void aNumberIsItself(String text, int number) throws UnacceptableOption {
        assertThat(MaxItems.parse(List.of(text)).within(256)).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "MAX",
                "Max",
                "maximum",
                "2147483648",
                "4294967295",
                "100000000000",
                "1e3",
                "+5",
                "-",
                "١٢",
                "0x1F",
                "9999999999999999999999999"
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> MaxItems.parse(List.of(text))).isInstanceOf(UnacceptableOption.class);
    }

    @Test
    void noValueAndSeveralValuesAreRefused() {
        assertThatThrownBy(() -> MaxItems.parse(List.of())).isInstanceOf(UnacceptableOption.class);
        assertThatThrownBy(() -> MaxItems.parse(List.of("max", "5"))).isInstanceOf(UnacceptableOption.class);
    }
}
