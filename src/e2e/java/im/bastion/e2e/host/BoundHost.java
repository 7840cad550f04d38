// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.host;

import im.bastion.host.Host;
import im.bastion.openfire.OpenfireHost;
import java.io.File;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.container.Plugin;
import org.jivesoftware.openfire.container.PluginManager;

/** The host as a task inside the server sees it: bound anew, beside the plugin's own. */
public final class BoundHost {
    /** The class whose loader the tasks need. */
    public static final String PLUGIN = "im.bastion.plugin.BastionPlugin";

    private BoundHost() {}

    /** A view of the host of its own, with its own handles on what differs between versions. */
    public static Host now() {
        PluginManager manager = XMPPServer.getInstance().getPluginManager();
        Plugin plugin = manager.getPlugins().stream()
                .filter(loaded -> loaded.getClass().getName().equals(PLUGIN))
                .findAny()
                .orElseThrow();
        File folder = new File(System.getProperty("openfireHome"), "plugins/bastion");
        return OpenfireHost.bind(manager, plugin, folder);
    }
}
