// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.server;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.e2e.server.task.LoadedPlugins;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The console's page "Plugins" as the server under test uses it. */
class PluginUploadE2E {
    @RegisterExtension
    static final ServerUnderTest SERVER = ServerUnderTest.shared(ServerOptions.defaults());

    @TempDir
    Path folder;

    @Test
    void aPluginIsUploadedReloadedUpgradedAndDeleted() throws Exception {
        OpenfireServer server = SERVER.get();

        server.installPlugin(TrivialPlugin.pack(folder, "1.0.0"));
        assertThat(server.admin().get("plugin-admin.jsp").body()).contains("Trivial", "1.0.0");

        server.reloadPlugin("trivial");
        server.installPlugin(TrivialPlugin.pack(folder, "1.0.1"));
        assertThat(server.admin().get("plugin-admin.jsp").body()).contains("Trivial", "1.0.1");

        server.unloadPlugin("trivial");
        assertThat(server.inside(LoadedPlugins.class)).doesNotContain("trivial");
    }
}
