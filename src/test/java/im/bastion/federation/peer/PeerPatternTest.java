// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.bastion.federation.tls.DomainName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeerPatternTest {
    @ParameterizedTest
    @CsvSource({
        "example.org, example.org, true",
        "example.org, a.example.org, false",
        "EXAMPLE.org, example.org, true",
        "bücher.example, xn--bcher-kva.example, true",
        "*.example.org, a.example.org, true",
        "*.example.org, example.org, false",
        "*.example.org, a.b.example.org, false",
        "*.example.org, aexample.org, false",
        "**.example.org, example.org, true",
        "**.example.org, a.b.example.org, true",
        "**.example.org, badexample.org, false",
        "*, example.org, true",
    })
    void matches(String pattern, String domain, boolean expected) {
        assertThat(PeerPattern.of(pattern).matches(DomainName.of(domain))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "*, **.a.test, true",
        "**.a.test, *.a.test, true",
        "**.a.test, b.a.test, true",
        "**.a.test, *, false",
        "*.a.test, b.a.test, true",
        "*.a.test, **.a.test, false",
        "*.a.test, **.b.a.test, false",
        "a.test, a.test, true",
        "a.test, *.a.test, false",
    })
    void covers(String pattern, String other, boolean expected) {
        assertThat(PeerPattern.of(pattern).covers(PeerPattern.of(other))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "***", "*.", "**.", "a.*.b", "*a.test", "192.0.2.1", "a b", "[::1]", "a..b"})
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> PeerPattern.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isWrittenAsItIsRead() {
        assertThat(PeerPattern.of("**.A.test")).hasToString("**.a.test");
        assertThat(PeerPattern.ALL).hasToString("*");
    }
}
