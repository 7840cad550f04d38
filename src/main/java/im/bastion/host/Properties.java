// SPDX-License-Identifier: Apache-2.0
package im.bastion.host;

import java.util.function.BiConsumer;

/** The server's own settings, kept in its database and shared by a cluster. */
public interface Properties {
    /** The value, or null when the property is not set. */
    String get(String key);

    /** Sets the property; a null value deletes it. */
    void set(String key, String value);

    /**
     * Calls {@code listener} with key and new value (null when deleted) after each change, on whatever thread changed it.
     *
     * @return closes the subscription
     */
    Subscription onChange(BiConsumer<String, String> listener);
}
