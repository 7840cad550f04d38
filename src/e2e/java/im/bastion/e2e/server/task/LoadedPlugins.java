// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.server.task;

import im.bastion.e2e.server.inside.InsideTask;
import java.util.stream.Collectors;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.container.PluginManager;

/**
 * The loaded plugins, one a line: canonical name, a space, and the identity of the instance, which a reload changes. The
 * first line is "ready" when the server has gone through its plugins and is not at it again: a plugin is listed a moment
 * before it has been initialized, and the server's listeners open only after its first time.
 */
public final class LoadedPlugins implements InsideTask {
    @Override
    public String run(String... arguments) {
        PluginManager plugins = XMPPServer.getInstance().getPluginManager();
        String loaded = plugins.getPlugins().stream()
                .map(plugin -> plugins.getCanonicalName(plugin) + " " + System.identityHashCode(plugin))
                .sorted()
                .collect(Collectors.joining("\n"));
        return (plugins.isExecuted() && !plugins.isMonitorTaskRunning() ? "ready" : "busy") + "\n" + loaded;
    }
}
