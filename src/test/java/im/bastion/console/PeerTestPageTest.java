// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.bastion.audit.AuditEvent;
import im.bastion.console.Browser.Answer;
import im.bastion.federation.peer.PeerHash;
import im.bastion.host.memory.MemoryHost;
import im.bastion.store.Records.Row;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PeerTestPageTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String REPORT =
            """
            {"domain":"peer.test","began":%d,"millis":1250,"by":"romeo","steps":[{"kind":"CONNECT",\
            "subject":"192.0.2.1 port 5269","ok":false,"detail":"%s","millis":7}],"authenticity":"INSECURE",\
            "endpoints":[],"posh":{"state":"ABSENT","detail":""},"assessment":{"grade":"%s","ignoringTrust":"%s",\
            "remarks":[{"finding":"%s","detail":"192.0.2.1 port 5269: nobody listens there"}]}}""";

    private final Stage stage = new Stage();
    private final Browser admin = new Browser("admin");

    @AfterEach
    void close() {
        stage.close();
    }

    private String look(Map<String, String> address) {
        return admin.get(stage.page("test"), address).html();
    }

    private void keep(long at, String detail, String grade, String ignoring, String finding) {
        String peer = PeerHash.of("peer.test");
        stage.records.put(List.of(new Row(
                "federation-test",
                peer + '/' + at,
                peer,
                at,
                Long.MAX_VALUE,
                REPORT.formatted(at, detail, grade, ignoring, finding))));
    }

    @Test
    void aTestIsAskedForWithTheTokenStandsInTheAuditLogAndIsShownWhenItIsOver() {
        Answer answer = admin.post(stage.page("test"), Map.of("domain", "Peer.Test"));

        assertThat(answer.location()).isEqualTo("bastion-test.jsp?done=done&domain=peer.test");
        assertThat(stage.recorded)
                .extracting(AuditEvent::action, AuditEvent::subject, AuditEvent::actor)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("peer-tested", "peer.test", "admin"));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(look(Map.of("domain", "peer.test")))
                .contains("Grade F", "Nobody answers at any of its addresses.", "no name server is known"));
        assertThat(admin.post(stage.page("test"), Map.of("domain", "peer.test")).status())
                .isEqualTo(429);
    }

    @Test
    void aLaterTestOfAnotherNodeIsTheOneThatIsShown() {
        var unused = admin.post(stage.page("test"), Map.of("domain", "peer.test"));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(look(Map.of("domain", "peer.test")))
                .contains("Grade F</strong>"));

        keep(stage.clock.millis() + 1, "", "B", "B", "CBC_CIPHERS");

        assertThat(look(Map.of("domain", "peer.test")))
                .contains("Grade B</strong>")
                .doesNotContain("Grade F</strong>");
    }

    @Test
    void withoutTheTokenNothingIsTested() {
        assertThat(admin.postWithoutToken(stage.page("test"), Map.of("domain", "peer.test"))
                        .status())
                .isEqualTo(403);
        assertThat(stage.tests.run("peer.test")).isNull();
        assertThat(stage.recorded).isEmpty();
    }

    @Test
    void whatIsNoDomainOrOursIsRefusedAndStaysInTheFormAsText() {
        Answer none = admin.post(stage.page("test"), Map.of("domain", "\"><script>x</script>"));
        Answer own = admin.post(stage.page("test"), Map.of("domain", MemoryHost.DOMAIN));

        assertThat(none.status()).isEqualTo(400);
        assertThat(none.html()).contains("This is no domain.").doesNotContain("<script>x");
        assertThat(own.html()).contains("a domain of this server itself");
        assertThat(stage.recorded).isEmpty();
    }

    @Test
    void whatAPeerSentIsShownAsText() {
        keep(1_000, "<script>alert(1)</script>", "F", "F", "UNREACHABLE");

        String html = look(Map.of("domain", "peer.test"));

        assertThat(html)
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "took 1.2 s", "7 ms")
                .doesNotContain("<script>alert");
    }

    @Test
    void theHistoryOfAPeerSaysWhetherItGotBetter() {
        keep(1_000, "", "F", "F", "UNREACHABLE");
        keep(2_000, "", "T", "B", "NOT_TRUSTED");
        keep(3_000, "", "B", "B", "CBC_CIPHERS");
        keep(4_000, "", "D", "D", "WEAK_CIPHERS");

        String html = look(Map.of("domain", "peer.test"));

        String history = html.substring(html.indexOf("id=\"test-history\""));
        assertThat(history.split("better than before", -1)).hasSize(3);
        assertThat(history.split("worse than before", -1)).hasSize(2);
        assertThat(html).contains("id=\"chart-trend\"", "It takes ciphers that can be broken.", "Grade D");
        assertThat(look(Map.of())).contains("Latest tests", "bastion-test.jsp?domain=peer.test");
    }
}
