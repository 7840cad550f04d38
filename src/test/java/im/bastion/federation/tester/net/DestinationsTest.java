// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.net;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.policy.AddressRange;
import im.bastion.policy.IpLiteral;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationsTest {
    private static final Destinations NOBODY = new Destinations(Set.of(IpLiteral.parse("93.184.216.34")), List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.1.2.3",
                "169.254.169.254",
                "::1",
                "fe80::1",
                "fd00::1",
                "::ffff:127.0.0.1",
                "64:ff9b::7f00:1",
                "0.0.0.0"
            })
    void whatIsNotPublicIsRefused(String address) {
        assertThat(NOBODY.refusal(IpLiteral.parse(address))).startsWith("is not public");
    }

    @Test
    void thisMachinesOwnPublicAddressIsRefusedOthersAreNot() {
        assertThat(NOBODY.refusal(IpLiteral.parse("93.184.216.34"))).isEqualTo("is this machine's own");
        assertThat(NOBODY.refusal(IpLiteral.parse("93.184.216.35"))).isNull();
    }

    @Test
    void anAdminAllowsANetworkAndNothingElse() {
        Destinations allowing =
                new Destinations(Set.of(IpLiteral.parse("10.0.0.1")), List.of(AddressRange.of("10.0.0.0/24")));

        assertThat(allowing.refusal(IpLiteral.parse("10.0.0.1"))).isNull();
        assertThat(allowing.refusal(IpLiteral.parse("10.0.1.1"))).isNotNull();
    }

    @Test
    void aMachineWithoutPublicIpv6SpeaksIpv4AndWhatIsNearAlone() {
        assertThat(NOBODY.speaks(IpLiteral.parse("2a00:1450::1"))).isFalse();
        assertThat(NOBODY.speaks(IpLiteral.parse("::1"))).isTrue();
        assertThat(NOBODY.speaks(IpLiteral.parse("8.8.8.8"))).isTrue();
        assertThat(new Destinations(Set.of(IpLiteral.parse("2a00:1450::2")), List.of())
                        .speaks(IpLiteral.parse("2a00:1450::1")))
                .isTrue();
    }
}
