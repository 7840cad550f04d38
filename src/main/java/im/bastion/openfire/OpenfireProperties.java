// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire;

import im.bastion.host.Properties;
import im.bastion.host.Subscription;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jivesoftware.util.JiveGlobals;
import org.jivesoftware.util.PropertyEventDispatcher;
import org.jivesoftware.util.PropertyEventListener;

/** Openfire's system properties. */
final class OpenfireProperties implements Properties {
    @Override
    public String get(String key) {
        return JiveGlobals.getProperty(key);
    }

    @Override
    public void set(String key, String value) {
        if (value == null) {
            JiveGlobals.deleteProperty(key);
        } else {
            JiveGlobals.setProperty(key, value);
        }
    }

    @Override
    public Subscription onChange(BiConsumer<String, String> listener) {
        Listener adapter = new Listener(listener);
        PropertyEventDispatcher.addListener(adapter);
        return () -> PropertyEventDispatcher.removeListener(adapter);
    }

    private record Listener(BiConsumer<String, String> listener) implements PropertyEventListener {
        @Override
        public void propertySet(String property, Map<String, Object> params) {
            Object value = params.get("value");
            listener.accept(property, value == null ? null : value.toString());
        }

        @Override
        public void propertyDeleted(String property, Map<String, Object> params) {
            listener.accept(property, null);
        }

        @Override
        public void xmlPropertySet(String property, Map<String, Object> params) {
            // Bastion's settings are never in openfire.xml.
        }

        @Override
        public void xmlPropertyDeleted(String property, Map<String, Object> params) {
            // As above.
        }
    }
}
