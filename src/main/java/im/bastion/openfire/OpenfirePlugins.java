// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire;

import im.bastion.host.Plugins;
import im.bastion.host.Subscription;
import org.jivesoftware.openfire.container.Plugin;
import org.jivesoftware.openfire.container.PluginListener;
import org.jivesoftware.openfire.container.PluginManager;

/** What the plugin manager has loaded. */
final class OpenfirePlugins implements Plugins {
    private final PluginManager manager;

    OpenfirePlugins(PluginManager manager) {
        this.manager = manager;
    }

    @Override
    public boolean isInstalled(String name) {
        return manager.isInstalled(name);
    }

    @Override
    public Subscription onChange(Runnable listener) {
        PluginListener events = new PluginListener() {
            @Override
            public void pluginCreated(String pluginName, Plugin plugin) {
                listener.run();
            }

            @Override
            public void pluginDestroyed(String pluginName, Plugin plugin) {
                listener.run();
            }
        };
        manager.addPluginListener(events);
        return () -> manager.removePluginListener(events);
    }
}
