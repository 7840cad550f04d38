// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.federation;

import static im.bastion.e2e.federation.FederationSite.PATIENCE;
import static im.bastion.e2e.federation.FederationSite.POLICY;
import static im.bastion.e2e.federation.FederationSite.ROGUE;
import static im.bastion.e2e.federation.FederationSite.server;
import static im.bastion.e2e.federation.UnconfirmedChange.TRIED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.bastion.e2e.peer.RoguePeer.Received;
import im.bastion.e2e.server.ServerUnderTest;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of a change that was made for a try; last of all, so that nobody has to wait for it. */
@Order(Integer.MAX_VALUE)
class CommitConfirmedE2E {
    @RegisterExtension
    static final ServerUnderTest SERVER = FederationSite.SERVER;

    @BeforeAll
    static void makeTheRules() throws Exception {
        FederationSite.makeTheRules();
        FederationSite.mode("enforce");
    }

    @Test
    void aChangeThatNobodyConfirmedIsUndoneByItselfAlthoughThePluginWasReloadedMeanwhile() throws Exception {
        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(server().admin().get(POLICY).body())
                        .doesNotContain("commit-left")
                        .doesNotContain("commit-undo"));

        await().atMost(PATIENCE).until(() -> FederationSite.say(TRIED, "in time") == null);
        assertThat(FederationSite.messages(TRIED)).as(ROGUE.log(TRIED)).allMatch(Received::encrypted);
        assertThat(server().admin().get(POLICY + "?rule=tried").body()).contains("Version 2");
    }
}
