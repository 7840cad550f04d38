// SPDX-License-Identifier: Apache-2.0
package im.bastion.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpLiteralTest {
    @Test
    void readsBothFamilies() {
        assertThat(IpLiteral.parse("192.0.2.1").getHostAddress()).isEqualTo("192.0.2.1");
        assertThat(IpLiteral.parse("2001:db8::1").getHostAddress()).isEqualTo("2001:db8:0:0:0:0:0:1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "example.org",
                "1",
                "1.2",
                "1.2.3",
                "1.2.3.4.5",
                "256.1.1.1",
                "01.2.3.4",
                "1.2.3.4.",
                "0x7f.0.0.1",
                "2130706433",
                ":",
                ":::",
                "1:2:3:4:5:6:7:8:9",
                "fe80::1%lo",
                "[::1]",
                "dead.beef"
            })
    void refusesNamesAndLegacyNotations(String text) {
        assertThatThrownBy(() -> IpLiteral.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
