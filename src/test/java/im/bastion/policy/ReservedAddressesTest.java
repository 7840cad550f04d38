// SPDX-License-Identifier: Apache-2.0
package im.bastion.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReservedAddressesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.0.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "169.254.169.254",
                "172.31.255.255",
                "192.168.0.1",
                "198.19.255.255",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:10.0.0.1",
                "64:ff9b::a00:1",
                "2001:db8::1",
                "2002:a00:1::",
                "fc00::1",
                "fe80::1",
                "ff02::1"
            })
    void containsWhatNoPublicHostHasHoweverItIsWritten(String text) {
        assertThat(ReservedAddresses.contains(IpLiteral.parse(text))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0.0.0", "93.184.216.34", "172.32.0.0", "223.255.255.255", "2001:200::1", "2a00:1450::1"})
    void containsNoPublicHost(String text) {
        assertThat(ReservedAddresses.contains(IpLiteral.parse(text))).isFalse();
    }

    @Test
    void aListOfRangesIsReadAsAWhole() {
        assertThat(AddressRange.list(" 10.0.0.0/8 ,fd00::1", 2))
                .containsExactly(AddressRange.of("10.0.0.0/8"), AddressRange.of("fd00::1"));
        assertThat(AddressRange.list("", 0)).isEmpty();
        assertThatThrownBy(() -> AddressRange.list("10.0.0.1,10.0.0.2,10.0.0.3", 2))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> AddressRange.list("10.0.0.1,example.org", 2))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
