// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.federation;

import static im.bastion.e2e.federation.FederationSite.PATIENCE;
import static im.bastion.e2e.federation.FederationSite.POLICY;
import static im.bastion.e2e.federation.FederationSite.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.bastion.e2e.peer.Trick;
import java.util.Map;

/**
 * A rule that a good peer fails, enforced for a minute and confirmed by nobody. Begun with the site, so that the minute
 * passes while other tests run; {@link CommitConfirmedE2E} looks at what became of it.
 */
final class UnconfirmedChange {
    static final String TRIED = Trick.HONEST.domain();

    private UnconfirmedChange() {}

    static void begin() throws Exception {
        FederationSite.pinNobody("tried", TRIED, Map.of("minutes", "1"));
        FederationSite.mode("enforce");
        assertThat(FederationSite.say(TRIED, "too early").getError().getDescriptiveText())
                .contains("federation.tried");
        server().reloadPlugin("bastion");
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(server().admin().get(POLICY).body()).contains("commit-left", "federation.tried"));
    }
}
