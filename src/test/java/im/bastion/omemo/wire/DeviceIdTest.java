// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceIdTest {
    @ParameterizedTest
    @CsvSource({"1,1", "101,101", "2147483647,2147483647"})
    void readsIdsInRange(String text, int id) {
        assertThat(DeviceId.parse(text)).isEqualTo(id);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "0",
                "-1",
                "2147483648",
                "4294967295",
                "4294967296",
                "007",
                "+5",
                " 7 ",
                "0x1F",
                "١٢",
                "1e3",
                "current",
                "11111111111111111111111111111111111111111111"
            })
    void hasNoIdForAnythingElse(String text) {
        assertThat(DeviceId.parse(text)).isZero();
    }
}
