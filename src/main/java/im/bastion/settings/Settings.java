// SPDX-License-Identifier: Apache-2.0
package im.bastion.settings;

import im.bastion.host.Properties;
import im.bastion.host.Subscription;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The values in force. A property that cannot be read leaves the last good value (or the default) in force and is
 * reported, with the field and the allowed range, until it is mended. Thread-safe; reading costs one map look-up.
 */
public final class Settings implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Settings.class);

    /**
     * A property that holds something not allowed.
     *
     * @param inForce the value used instead, as text
     */
    public record Broken(String key, String value, String allowed, String inForce) {
        @Override
        public String toString() {
            return key + " is set to \"" + value + "\" but must be " + allowed + "; " + inForce + " stays in force";
        }
    }

    private final Properties properties;
    private final Map<String, Object> values = new ConcurrentHashMap<>();
    private final Map<String, Setting<?>> known = new ConcurrentHashMap<>();
    private final Map<String, Broken> broken = new ConcurrentHashMap<>();
    private final List<Consumer<Setting<?>>> listeners = new CopyOnWriteArrayList<>();
    private final Subscription changes;

    public Settings(Properties properties) {
        this.properties = properties;
        this.changes = properties.onChange(this::changed);
    }

    /** The value in force. */
    @SuppressWarnings("unchecked")
    public <T> T get(Setting<T> setting) {
        Object value = values.get(setting.key());
        return value != null ? (T) value : load(setting);
    }

    /** Stores a value; the host tells every node. */
    public <T> void set(Setting<T> setting, T value) {
        properties.set(setting.key(), setting.writer().apply(value));
    }

    /** The properties that hold something not allowed now. */
    public List<Broken> broken() {
        return List.copyOf(broken.values());
    }

    /** Calls the listener after a setting has got a new value in force. */
    public Subscription onChange(Consumer<Setting<?>> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public void close() {
        changes.close();
        listeners.clear();
    }

    private <T> T load(Setting<T> setting) {
        known.put(setting.key(), setting);
        T value = read(setting, properties.get(setting.key()), setting.defaultValue());
        values.put(setting.key(), value);
        return value;
    }

    private void changed(String key, String text) {
        Setting<?> setting = known.get(key);
        if (setting != null) {
            apply(setting, text);
        }
    }

    @SuppressWarnings("unchecked")
    private <T> void apply(Setting<T> setting, String text) {
        T before = (T) values.get(setting.key());
        T now = read(setting, text, before);
        values.put(setting.key(), now);
        if (!now.equals(before)) {
            listeners.forEach(listener -> listener.accept(setting));
        }
    }

    private <T> T read(Setting<T> setting, String text, T lastGood) {
        try {
            T value = text == null ? setting.defaultValue() : setting.parser().apply(text.strip());
            broken.remove(setting.key());
            return value;
        } catch (IllegalArgumentException e) {
            Broken report = new Broken(
                    setting.key(), text, setting.allowed(), setting.writer().apply(lastGood));
            broken.put(setting.key(), report);
            LOG.warn("{}", report);
            return lastGood;
        }
    }
}
