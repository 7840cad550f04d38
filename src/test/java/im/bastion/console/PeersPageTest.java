// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.certificate.TestCertificate;
import im.bastion.certificate.TestKeys;
import im.bastion.console.Browser.Answer;
import im.bastion.host.ServerSession;
import im.bastion.host.ServerSession.Direction;
import im.bastion.host.memory.MemoryServerSession;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PeersPageTest {
    private static final List<X509Certificate> CHAIN = TestCertificate.of("<script>alert(1)</script>")
            .dns("peer.example")
            .valid(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2027-01-01T00:00:00Z"))
            .selfSigned(TestKeys.make())
            .chain();
    private final Stage stage = new Stage();
    private final Browser admin = new Browser("admin");

    @AfterEach
    void close() {
        stage.close();
    }

    private String look(Map<String, String> address) {
        return admin.get(stage.page("peers"), address).html();
    }

    private void seen(ServerSession... sessions) throws InterruptedException {
        stage.history.look(List.of(sessions));
        stage.history.flush();
        assertThat(stage.writer.flush(10_000)).isTrue();
    }

    private static List<String> domains(String html) {
        List<String> domains = new ArrayList<>();
        Matcher cell = Pattern.compile("\\?domain=([^\"]*)\"").matcher(html);
        while (cell.find()) {
            domains.add(cell.group(1));
        }
        return domains;
    }

    @Test
    void narrowsAndSortsByTheAddress() throws InterruptedException {
        seen(
                MemoryServerSession.plain(Direction.OUTGOING, "b.example"),
                MemoryServerSession.trusted(Direction.OUTGOING, "a.example", CHAIN),
                MemoryServerSession.trusted(Direction.INCOMING, "c.test", CHAIN));

        assertThat(domains(look(Map.of("sort", "domain")))).containsExactly("a.example", "b.example", "c.test");
        assertThat(domains(look(Map.of("sort", "tls")))).startsWith("b.example");
        assertThat(domains(look(Map.of("q", "EXAMPLE", "sort", "domain")))).containsExactly("a.example", "b.example");
        assertThat(domains(look(Map.of("tls", "plain")))).containsExactly("b.example");
        assertThat(domains(look(Map.of("auth", "external", "sort", "domain")))).containsExactly("a.example", "c.test");
        assertThat(look(Map.of("tls", "plain"))).contains("1 server.");
    }

    @Test
    void showsFiveThousandPeersInPages() throws InterruptedException {
        ServerSession[] many = new ServerSession[5_000];
        for (int i = 0; i < many.length; i++) {
            many[i] = MemoryServerSession.plain(Direction.OUTGOING, "p%04d.example".formatted(i));
        }
        seen(many);

        String first = look(Map.of("sort", "domain"));
        String last = look(Map.of("sort", "domain", "page", "999"));

        assertThat(domains(first)).hasSize(50).startsWith("p0000.example");
        assertThat(first).contains("5000 servers.", "Page 1 of 100.", "&amp;page=2\"");
        assertThat(domains(last)).hasSize(50).endsWith("p4999.example");
        assertThat(last).doesNotContain("Next page");
    }

    @Test
    void showsOnePeerWithItsChainAndItsDaysEscaped() throws InterruptedException {
        seen(MemoryServerSession.trusted(Direction.OUTGOING, "peer.example", CHAIN));

        assertThat(look(Map.of("domain", "peer.example")))
                .contains("Our latest connection to it", "TLSv1.3", "with forward secrecy", "after a plain beginning")
                .contains("2026-11-22", "RSA 2048", "dNSName: peer.example", "&lt;script")
                .doesNotContain("<script>alert");
    }

    @Test
    void showsCertificatesThatWereMadeToHarmCutWithANote() throws InterruptedException {
        TestCertificate many = TestCertificate.of("a\u0000\u202eb");
        for (int i = 0; i < 10_000; i++) {
            many.dns("n" + i + ".example");
        }
        TestCertificate odd = TestCertificate.of("x")
                .dns("\u0000\u001b[2J<b>bold</b>.example")
                .dns("y".repeat(5_000));
        KeyPair keys = TestKeys.make();
        seen(
                MemoryServerSession.trusted(
                        Direction.OUTGOING,
                        "many.example",
                        many.selfSigned(keys).chain()),
                MemoryServerSession.trusted(
                        Direction.OUTGOING, "odd.example", odd.selfSigned(keys).chain()));

        assertThat(look(Map.of("domain", "many.example")))
                .contains("cannot be read, or more than a server needs", "CN=a\\00\uFFFDb")
                .doesNotContain("\u0000", "\u202e", "n1.example");
        assertThat(look(Map.of("domain", "odd.example")))
                .contains("\uFFFD\uFFFD[2J&lt;b&gt;bold&lt;/b&gt;.example", "… (cut from 5009 characters)")
                .doesNotContain("\u0000", "\u001b", "<b>bold");
    }

    @Test
    void saysSoWhenNothingIsKnownOfAPeer() {
        assertThat(look(Map.of("domain", Stage.HOSTILE)))
                .contains("Nothing is known of this server.")
                .doesNotContain("<script>alert");
    }

    @Test
    void theSummaryOfADayIsDownloaded() throws InterruptedException {
        seen(MemoryServerSession.plain(Direction.OUTGOING, "plain.example"));
        assertThat(look(Map.of())).contains("bastion-federation-report.jsp", "value=\"2026-11-21\"");

        Answer json = admin.get(stage.page("federation-report"), Map.of("day", "2026-11-22", "format", "json"));
        Answer csv = admin.get(stage.page("federation-report"), Map.of("day", "2026-11-22", "format", "csv"));

        assertThat(json.html()).contains("\"policy-domain\": \"plain.example\"", "starttls-not-supported");
        assertThat(json.headers().get("Content-Disposition")).contains("federation-2026-11-22.json");
        assertThat(csv.html()).contains("\"plain.example\",\"starttls-not-supported\",\"out\",\"1\"");
        assertThat(admin.get(stage.page("federation-report"), Map.of("day", "today", "format", "csv"))
                        .status())
                .isEqualTo(404);
        assertThat(admin.get(stage.page("federation-report"), Map.of("day", "2026-11-22", "format", "xml"))
                        .status())
                .isEqualTo(404);
        assertThat(new Browser(null)
                        .get(stage.page("federation-report"), Map.of("day", "2026-11-22", "format", "csv"))
                        .status())
                .isEqualTo(403);
    }
}
