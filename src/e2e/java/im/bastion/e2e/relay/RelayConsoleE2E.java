// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.relay;

import static im.bastion.e2e.relay.RelaySite.PREFIX;
import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.e2e.Chromium;
import im.bastion.e2e.client.XmppClient;
import im.bastion.e2e.server.AdminSession;
import im.bastion.e2e.server.OpenfireServer;
import im.bastion.e2e.server.ServerOptions;
import im.bastion.e2e.server.ServerUnderTest;
import im.bastion.relay.UdpClient;
import im.bastion.relay.stun.AttributeType;
import im.bastion.relay.stun.FirstByteAttribute;
import im.bastion.relay.stun.StunMessage;
import im.bastion.relay.stun.StunMethod;
import im.bastion.relay.stun.XorAddressAttribute;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.dom4j.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;

/** An admin sets the relay up and tests it, and needs nothing but its page. */
class RelayConsoleE2E {
    private static final String PAGE = "plugins/bastion/bastion-relay.jsp";
    private static final String ALLOCATIONS = "plugins/bastion/bastion-allocations.jsp";
    private static final Pattern COMMANDS = Pattern.compile("id=\"commands\">([^<]+)<");
    private static final List<String> FIELDS = List.of(
            "host-name",
            "external-address",
            "listen-address",
            "port",
            "tls-port",
            "dtls-port",
            "min-port",
            "max-port",
            "other-relays",
            "max-allocations-per-user",
            "max-allocations-per-address",
            "max-allocations",
            "max-rate-per-user",
            "max-rate",
            "credential-life",
            "denied-peers",
            "allowed-peers");

    @RegisterExtension
    static final ServerUnderTest SERVER = ServerUnderTest.shared(RelaySite.OPTIONS);

    @Test
    void theTestFromInsideGoesEveryWay() throws Exception {
        String tested = post("test", Map.of()).body();

        assertThat(tested)
                .contains("UDP %d reaches us, and UDP 49152–49407 does too.".formatted(RelaySite.PORT))
                .contains("TCP %d reaches us, and UDP 49152–49407 does too.".formatted(RelaySite.PORT))
                .contains("TLS (TCP) %d reaches us, and UDP".formatted(RelaySite.SECURE_PORT));
    }

    @Test
    void anotherRangeOfPortsIsUsedByTheNextClientWithoutARestart() throws Exception {
        Map<String, String> form = settings();
        form.put("min-port", "51000");
        form.put("max-port", "51049");
        assertThat(post("save", form).body()).contains("Done.");
        try (XmppClient romeo = XmppClient.connect(server(), "romeo", "moved")) {
            Element turn = Offer.to(romeo, server().domain()).service("turn");
            try (UdpClient client = RelaySite.client(turn, turn.attributeValue("password"))) {
                StunMessage answer =
                        client.ask(StunMethod.ALLOCATE, FirstByteAttribute.of(AttributeType.REQUESTED_TRANSPORT, 17));
                assertThat(XorAddressAttribute.read(
                                        answer.first(AttributeType.XOR_RELAYED_ADDRESS), answer.transactionId())
                                .getPort())
                        .isBetween(51_000, 51_049);
            }
            assertThat(post("test", Map.of()).body()).contains("and UDP 51000–51049 does too.");
            assertThat(server().admin().get(PAGE).body()).contains("ufw allow 51000:51049/udp");
        } finally {
            server().setProperty(PREFIX + "max-port", "49407");
            server().setProperty(PREFIX + "min-port", "49152");
        }
    }

    @Test
    void anAllocationIsShownWithItsOwnerAndEndedByAnAdmin() throws Exception {
        try (XmppClient juliet = XmppClient.connect(server(), "juliet", "seen")) {
            Element turn = Offer.to(juliet, server().domain()).service("turn");
            try (UdpClient client = RelaySite.client(turn, turn.attributeValue("password"))) {
                assertThat(RelaySite.allocate(client)).isZero();
                AdminSession admin = server().admin();
                AdminSession.Page page = admin.get(ALLOCATIONS);
                Matcher row = Pattern.compile(
                                "juliet@%s/seen.*?id=\"end-(\\d+)\"".formatted(server().domain()), Pattern.DOTALL)
                        .matcher(page.body());
                assertThat(row.find()).as(page.body()).isTrue();

                String after = admin.post(
                                ALLOCATIONS,
                                Map.of("csrf", page.field("csrf"), "action", "end", "allocation", row.group(1)))
                        .body();

                assertThat(after).contains("Done.");
                Awaitility.await()
                        .atMost(XmppClient.PATIENCE)
                        .until(() -> RelaySite.code(client.ask(StunMethod.REFRESH)) == 437);
                assertThat(admin.get(ALLOCATIONS).body()).doesNotContain("juliet@%s/seen".formatted(server().domain()));
            }
        }
    }

    @Test
    void theCommandsForAnotherMachineWork() throws Exception {
        Matcher commands = COMMANDS.matcher(post("commands", Map.of()).body());
        assertThat(commands.find()).isTrue();
        List<String> lines = commands.group(1)
                .lines()
                .filter(line -> !line.contains("198.51.100.7"))
                .toList();

        assertThat(lines).hasSize(3);
        assertThat(run(lines.get(0)).output()).contains("UDP reflexive addr: 127.0.0.1:");
        for (String line : lines.subList(1, 3)) {
            Traffic traffic = run(line);
            assertThat(traffic.received())
                    .as(line + traffic.output())
                    .isPositive()
                    .isEqualTo(traffic.sent());
        }
    }

    @Test
    void theBrowserOfTheAdminIsAClientFromOutside() throws Exception {
        try (Chromium browser = Chromium.start()) {
            String password = server().options().users().get(ServerOptions.ADMIN);
            URI page = server().console().resolve(PAGE);
            browser.logIn(server().console(), ServerOptions.ADMIN, password).open(page);
            browser.find(By.id("run-browser-test")).click();

            Awaitility.await().atMost(TurnutilsRun.PATIENCE).untilAsserted(() -> assertThat(browser.text())
                    .contains("turn:127.0.0.1:%d?transport=udp works from here.".formatted(RelaySite.PORT))
                    .contains("turn:127.0.0.1:%d?transport=tcp works from here.".formatted(RelaySite.PORT))
                    .contains("UDP 49152–49407 reaches the relay from here."));
            browser.photograph(server(), "relay");
        }
    }

    private static Traffic run(String command) throws Exception {
        List<String> words = List.of(command.strip().split(" +", -1));
        return TurnutilsRun.start(words.get(0), words.subList(1, words.size())).finish();
    }

    private static Map<String, String> settings() throws Exception {
        AdminSession.Page page = server().admin().get(PAGE);
        Map<String, String> form = new HashMap<>(Map.of("tcp", "true"));
        for (String field : FIELDS) {
            form.put(field, page.field(field));
        }
        return form;
    }

    private static AdminSession.Page post(String action, Map<String, String> fields) throws Exception {
        AdminSession admin = server().admin();
        Map<String, String> form = new HashMap<>(fields);
        form.put("csrf", admin.get(PAGE).field("csrf"));
        form.put("action", action);
        return admin.post(PAGE, form);
    }

    private static OpenfireServer server() {
        return SERVER.get();
    }
}
