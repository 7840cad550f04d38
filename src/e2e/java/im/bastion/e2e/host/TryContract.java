// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.host;

import im.bastion.e2e.server.inside.InsideTask;
import im.bastion.host.contract.HostContract;

/** Tries the whole contract on the host the plugin runs in: one line for each statement that does not hold. */
public final class TryContract implements InsideTask {
    @Override
    public String run(String... arguments) {
        return String.join("\n", HostContract.failuresOn(new OpenfireStage(BoundHost.now())));
    }
}
