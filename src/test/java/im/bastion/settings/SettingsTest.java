// SPDX-License-Identifier: Apache-2.0
package im.bastion.settings;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.host.Properties;
import im.bastion.host.Subscription;
import im.bastion.policy.Mode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static final Setting<Integer> PORT = Setting.integer("plugin.bastion.relay.port", 3478, 1, 65535, "port");
    private static final Setting<Mode> MODE = Setting.oneOf("plugin.bastion.moderation.mode", Mode.OBSERVE);
    private static final Setting<Boolean> FLAG = Setting.flag("plugin.bastion.relay.loopback", false);
    private static final Setting<Duration> TTL =
            Setting.seconds("plugin.bastion.relay.ttl", Duration.ofHours(6), 600, 86_400);

    private final Store store = new Store();
    private final Settings settings = new Settings(store);

    @Test
    void anAbsentPropertyMeansTheDefault() {
        assertThat(settings.get(PORT)).isEqualTo(3478);
        assertThat(settings.get(MODE)).isEqualTo(Mode.OBSERVE);
        assertThat(settings.get(FLAG)).isFalse();
        assertThat(settings.get(TTL)).isEqualTo(Duration.ofHours(6));
        assertThat(settings.broken()).isEmpty();
    }

    @Test
    void whatIsWrittenIsReadBack() {
        settings.get(MODE);
        settings.set(MODE, Mode.ENFORCE);
        settings.set(TTL, Duration.ofMinutes(20));

        assertThat(settings.get(MODE)).isEqualTo(Mode.ENFORCE);
        assertThat(settings.get(TTL)).isEqualTo(Duration.ofMinutes(20));
        assertThat(store.values).containsEntry("plugin.bastion.moderation.mode", "enforce");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "65536", "-1", "port", "99999999999999999999", "3478.0"})
    void aBadValueLeavesTheLastGoodOneInForceAndNamesFieldAndRange(String bad) {
        settings.get(PORT);
        store.set(PORT.key(), "5349");
        store.set(PORT.key(), bad);

        assertThat(settings.get(PORT)).isEqualTo(5349);
        assertThat(settings.broken()).singleElement().satisfies(broken -> assertThat(broken.toString())
                .contains(PORT.key(), "\"" + bad + "\"", "1 to 65535", "5349 stays in force"));
    }

    @Test
    void aBadValueAtStartMeansTheDefaultAndIsReported() {
        store.values.put(MODE.key(), "sometimes");

        assertThat(settings.get(MODE)).isEqualTo(Mode.OBSERVE);
        assertThat(settings.broken()).singleElement().satisfies(broken -> assertThat(broken.allowed())
                .isEqualTo("off, observe, enforce"));
    }

    @Test
    void mendingItEndsTheReport() {
        settings.get(FLAG);
        store.set(FLAG.key(), "yes");
        store.set(FLAG.key(), "true");

        assertThat(settings.get(FLAG)).isTrue();
        assertThat(settings.broken()).isEmpty();
    }

    @Test
    void listenersHearOfNewValuesInForceOnly() {
        List<String> heard = new ArrayList<>();
        settings.get(PORT);
        Subscription subscription = settings.onChange(setting -> heard.add(setting.key()));

        store.set(PORT.key(), "5349");
        store.set(PORT.key(), "5349");
        store.set(PORT.key(), "nonsense");
        store.set("plugin.bastion.other", "1");
        subscription.close();
        store.set(PORT.key(), "1");

        assertThat(heard).containsExactly(PORT.key());
    }

    @Test
    void deletingThePropertyBringsTheDefaultBack() {
        settings.get(PORT);
        store.set(PORT.key(), "5349");
        store.set(PORT.key(), null);

        assertThat(settings.get(PORT)).isEqualTo(3478);
    }

    private static final class Store implements Properties {
        private final Map<String, String> values = new HashMap<>();
        private final List<BiConsumer<String, String>> listeners = new ArrayList<>();

        @Override
        public String get(String key) {
            return values.get(key);
        }

        @Override
        public void set(String key, String value) {
            values.put(key, value);
            listeners.forEach(l -> l.accept(key, value));
        }

        @Override
        public Subscription onChange(BiConsumer<String, String> listener) {
            listeners.add(listener);
            return () -> listeners.remove(listener);
        }
    }
}
