// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.IDN;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DomainNameTest {
    static Stream<String> names() {
        return Stream.of(
                "example.org",
                "a-b.c--d.example",
                "4chan.example",
                "localhost",
                "xn--bcher-kva.example",
                "a".repeat(63) + ".test",
                ("a".repeat(49) + ".").repeat(5) + "tld");
    }

    @ParameterizedTest
    @MethodSource("names")
    void aPlainNameIsWhatJavaMakesOfIt(String name) {
        String ascii = IDN.toASCII(name, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);

        assertThat(DomainName.of(name).ascii()).isEqualTo(name).isEqualTo(ascii);
    }

    @ParameterizedTest
    @CsvSource({
        "Example.ORG., example.org",
        "bücher.example, xn--bcher-kva.example",
        "BÜCHER.example, xn--bcher-kva.example"
    })
    void namesThatMeanTheSameAreTheSame(String name, String ascii) {
        assertThat(DomainName.of(name).ascii()).isEqualTo(ascii);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "a..b", ".a", "-a.test", "a-.test", "a.-", "192.0.2.1", "a_b.test", "a b.test", "[::1]"
            })
    void whatIsNoDomainNameIsRefused(String text) {
        assertThatThrownBy(() -> DomainName.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 300})
    void aLabelHasAtMost63Characters(int length) {
        assertThatThrownBy(() -> DomainName.of("a".repeat(length) + ".test"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
