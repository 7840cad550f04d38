// SPDX-License-Identifier: Apache-2.0
package im.bastion.host.contract;

import static im.bastion.host.contract.Statement.holds;

import im.bastion.host.Plugins;
import java.util.List;

/** What {@link Plugins} promises. */
final class PluginsContract {
    static final List<Statement> STATEMENTS =
            List.of(new Statement("a plugin that is not there is not installed", PluginsContract::absent));

    private PluginsContract() {}

    private static void absent(HostStage stage) {
        holds("no such plugin", !stage.host().plugins().isInstalled("contract-no-such-plugin"));
    }
}
