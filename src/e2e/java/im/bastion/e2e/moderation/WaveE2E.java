// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.e2e.client.XmppClient;
import im.bastion.e2e.host.BoundHost;
import im.bastion.e2e.host.WaveLoad;
import im.bastion.e2e.server.OpenfireServer;
import im.bastion.e2e.server.ServerOptions;
import im.bastion.e2e.server.ServerUnderTest;
import im.bastion.moderation.book.DefaultRules;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** 200 accounts with 5 messages each in 20 rooms, against the rules that Bastion proposes. */
class WaveE2E {
    private static final Pattern RESULT =
            Pattern.compile("reached (\\d+) left (\\d+) cleaned (\\d+) ms p50 ([\\d.]+) ms p99 ([\\d.]+) ms of 1000");

    @RegisterExtension
    static final ServerUnderTest SERVER = ServerUnderTest.own(ServerOptions.defaults()
            .bastion()
            .user("owner", "owner-secret-1")
            .user("stranger", "stranger-secret-1")
            .user("bystander", "bystander-secret-1")
            .property("plugin.bastion.moderation.mode", "enforce"));

    @Test
    void hardlyAnythingOfAWaveReachesARoomNothingStaysAndMembersTalkOn() throws Exception {
        OpenfireServer server = SERVER.get();
        for (DefaultRules.Proposal one : DefaultRules.ALL) {
            server.insidePlugin(
                    BoundHost.PLUGIN, List.of(), DefineRule.class, one.rule().value(), "ENFORCE", one.body());
        }
        try (Den den = new Den(server);
                XmppClient stranger = XmppClient.connect(server, "stranger", "x")) {
            stranger.join(den.room, "Stranger");
            den.awaitRule(stranger);
            String result = server.insidePlugin(BoundHost.PLUGIN, List.of(), WaveLoad.class);
            System.out.println("wave on " + server.domain() + ": " + result);
            Matcher figures = RESULT.matcher(result);
            assertThat(figures.find()).as(result).isTrue();
            assertThat(Integer.parseInt(figures.group(1))).as("reached a room").isLessThanOrEqualTo(20);
            assertThat(Integer.parseInt(figures.group(2))).as("stayed").isZero();
            assertThat(Integer.parseInt(figures.group(3))).as("clean after, ms").isLessThan(10_000);
        }
    }
}
