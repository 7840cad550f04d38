// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.host;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.e2e.server.ServerOptions;
import im.bastion.e2e.server.ServerUnderTest;
import im.bastion.host.contract.HostContract;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The real host keeps the contract that the one in memory keeps. */
class HostContractE2E {
    @RegisterExtension
    static final ServerUnderTest SERVER =
            ServerUnderTest.own(ServerOptions.defaults().bastion());

    @Test
    void openfireKeepsEveryStatement() throws Exception {
        String failures = SERVER.get().insidePlugin(BoundHost.PLUGIN, List.of(HostContract.class), TryContract.class);
        assertThat(failures).isEmpty();
    }
}
