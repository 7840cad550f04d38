// SPDX-License-Identifier: Apache-2.0
package im.bastion.host;

/** The server's other plugins. */
public interface Plugins {
    /** Whether a plugin of that name, which is its file's without the ending, is there. */
    boolean isInstalled(String name);

    /** Calls {@code listener} after a plugin was loaded or unloaded, on whatever thread did that. */
    Subscription onChange(Runnable listener);
}
