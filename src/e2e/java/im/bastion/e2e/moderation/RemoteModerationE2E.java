// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.e2e.client.XmppClient;
import im.bastion.e2e.server.FreePorts;
import im.bastion.e2e.server.Identity;
import im.bastion.e2e.server.OpenfireServer;
import im.bastion.e2e.server.Ports;
import im.bastion.e2e.server.ServerOptions;
import im.bastion.e2e.server.ServerUnderTest;
import java.util.List;
import org.jivesoftware.smack.packet.StanzaError;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A listed phrase in a room, said by somebody of another server, to whom Openfire alone would say nothing. */
class RemoteModerationE2E {
    private static final String HOME = "bastion.test";
    private static final String AWAY = "away.test";
    private static final List<Integer> FREE = FreePorts.on("127.0.0.1", 6);

    @RegisterExtension
    static final ServerUnderTest SERVER = ServerUnderTest.own(federated(HOME, 0)
            .bastion()
            .user("owner", "owner-secret-1")
            .user("bystander", "bystander-secret-1")
            .property("plugin.bastion.moderation.mode", "enforce"));

    @RegisterExtension
    static final ServerUnderTest OTHER = ServerUnderTest.own(federated(AWAY, 3).user("kim", "kim-secret-1"));

    private static Den den;
    private static XmppClient kim;

    @BeforeAll
    static void furnish() throws Exception {
        den = new Den(server());
        kim = XmppClient.connect(OTHER.get(), "kim", "phone");
        kim.join(den.room, "Kim");
        den.awaitRule(kim);
    }

    @AfterAll
    static void leave() {
        kim.close();
        den.close();
    }

    @Test
    void aRemoteStrangersListedMessageReachesNobodyAndTheStrangerIsToldWhy() throws Exception {
        String body = "remote: " + Den.LISTED;
        String id = kim.sendMessage(den.room, "groupchat", body);
        StanzaError error = den.refusal(kim, id);
        assertThat(error.getCondition()).isEqualTo(StanzaError.Condition.policy_violation);
        assertThat(error.getDescriptiveText("en")).contains("not delivered", "moderation.listed-phrase", "reference");
        assertThat(den.isHeard(body)).isFalse();
        den.awaitAudited("moderation message-refused ENFORCE kim@away.test " + den.room);
    }

    @Test
    void aRemoteStrangersCleanMessagePasses() throws Exception {
        kim.sendMessage(den.room, "groupchat", "Hello from away");
        den.bystander.await(stanza -> Den.hasBody(stanza, "Hello from away"));
    }

    private static ServerOptions federated(String domain, int firstPort) {
        String override = "{%1$s,127.0.0.1:%3$d},{conference.%1$s,127.0.0.1:%3$d},{%2$s,127.0.0.1:%4$d}"
                .formatted(HOME, AWAY, FREE.get(1), FREE.get(4));
        return ServerOptions.defaults()
                .domain(domain)
                .ports(new Ports(FREE.get(firstPort), FREE.get(firstPort + 1), FREE.get(firstPort + 2)))
                .property("dnsutil.dnsOverride", override)
                .trust(Identity.selfSigned(HOME).chain().get(0))
                .trust(Identity.selfSigned(AWAY).chain().get(0))
                // Outgoing TLS 1.3 hangs on 4.2.0 with Java 17.
                .property("xmpp.socket.ssl.protocols", "TLSv1.2")
                .property("xmpp.server.read.timeout", "5000");
    }

    private static OpenfireServer server() {
        return SERVER.get();
    }
}
