// SPDX-License-Identifier: Apache-2.0
package im.bastion.plugin;

import im.bastion.openfire.OpenfireHost;
import im.bastion.relay.datagram.DataPath;
import java.io.File;
import org.jivesoftware.openfire.container.Plugin;
import org.jivesoftware.openfire.container.PluginManager;

/** Named in plugin.xml; Openfire constructs it and calls both methods, each once. */
public final class BastionPlugin implements Plugin {
    private Bastion bastion;

    @Override
    public void initializePlugin(PluginManager manager, File pluginDirectory) {
        bastion = new Bastion(OpenfireHost.bind(manager, this, pluginDirectory), version());
    }

    @Override
    public void destroyPlugin() {
        if (bastion != null) {
            bastion.close();
            bastion = null;
        }
        RecordCaches.forget();
        DataPath.release();
    }

    /** From the jar's manifest: asking the host for it takes a method that was renamed between versions. */
    private String version() {
        String version = getClass().getPackage().getImplementationVersion();
        return version == null ? "?" : version;
    }
}
