// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.bastion.policy.Mode;
import im.bastion.settings.Setting;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelaySettingsTest {
    @Test
    void theRelayIsOffUntilAnAdminTurnsItOn() {
        assertThat(RelaySettings.MODE.defaultValue()).isEqualTo(Mode.OFF);
    }

    @Test
    void eachSettingHasAKeyOfItsOwnAndReadsItsDefaultBack() {
        assertThat(new HashSet<>(RelaySettings.ALL.stream().map(Setting::key).toList()))
                .hasSameSizeAs(RelaySettings.ALL)
                .allMatch(key -> key.startsWith("plugin.bastion.relay."))
                .doesNotContain(RelaySecret.KEY);
        RelaySettings.ALL.forEach(RelaySettingsTest::readsItsDefaultBack);
    }

    private static <T> void readsItsDefaultBack(Setting<T> setting) {
        assertThat(setting.parser().apply(setting.writer().apply(setting.defaultValue())))
                .isEqualTo(setting.defaultValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "203.0.113.7", "2001:db8::7", "203.0.113.7, 2001:db8::7", "2001:db8::7,203.0.113.7"})
    void acceptsOneExternalAddressOfEachFamily(String text) {
        assertThat(RelaySettings.EXTERNAL_ADDRESS.parser().apply(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"turn.example.org", "203.0.113.7, 203.0.113.8", "0.0.0.0", "::", ",", "203.0.113.7,", "*"})
    void refusesOtherExternalAddresses(String text) {
        assertThatThrownBy(() -> RelaySettings.EXTERNAL_ADDRESS.parser().apply(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "", "300.1.1.1", "127.0.0.1:3478"})
    void refusesToListenOnWhatIsNoAddress(String text) {
        assertThatThrownBy(() -> RelaySettings.LISTEN_ADDRESS.parser().apply(text))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
