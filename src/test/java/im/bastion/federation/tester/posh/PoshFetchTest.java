// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.posh;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.certificate.TestCertificate;
import im.bastion.certificate.TestIdentity;
import im.bastion.certificate.TestKeys;
import im.bastion.federation.tester.fact.Authenticity;
import im.bastion.federation.tester.fact.DnsAnswer;
import im.bastion.federation.tester.fact.PoshFacts;
import im.bastion.federation.tester.net.Destinations;
import im.bastion.federation.tester.net.Timers;
import im.bastion.federation.tester.stream.ProbeIdentity;
import im.bastion.federation.tester.stream.ScriptedPeer;
import im.bastion.policy.AddressRange;
import im.bastion.policy.IpLiteral;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PoshFetchTest {
    private static final KeyPair KEYS = TestKeys.make();
    private static final TestIdentity CA = TestCertificate.of("CA").authority().selfSigned(TestKeys.make());
    private static final TestIdentity WEB =
            TestCertificate.of("web").dns("peer.test").dns("hosting.test").issuedBy(CA, KEYS);
    private static final String FILE = "peer.test/.well-known/posh/xmpp-server.json";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n";

    /** By host and path: whole answers. */
    private final Map<String, String> answers = new ConcurrentHashMap<>();

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private SSLServerSocket server;

    @BeforeEach
    void serve() throws IOException {
        server = (SSLServerSocket) ScriptedPeer.context(WEB)
                .getServerSocketFactory()
                .createServerSocket(0, 20, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::answer, "posh-server");
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private void answer() {
        while (!server.isClosed()) {
            try (SSLSocket socket = (SSLSocket) server.accept()) {
                StringBuilder head = new StringBuilder();
                while (head.indexOf("\r\n\r\n") < 0) {
                    int read = socket.getInputStream().read();
                    if (read < 0) {
                        throw new IOException("ended");
                    }
                    head.append((char) read);
                }
                String[] lines = head.toString().split("\r\n", -1);
                String place = lines[1].substring("Host: ".length()) + lines[0].split(" ", -1)[1];
                asked.add(place);
                String answer = answers.getOrDefault(place, "HTTP/1.1 404 Not Found\r\n\r\n");
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                socket.getOutputStream().flush();
            } catch (IOException e) {
                // Closed, or somebody who does not want to go on.
            }
        }
    }

    private PoshFetch.Fetched fetched() {
        return fetched(List.of(AddressRange.of("127.0.0.0/8")), true);
    }

    private PoshFetch.Fetched fetched(List<AddressRange> allowed, boolean trusted) {
        return new PoshFetch(
                        Timers.budget(Duration.ofSeconds(20)),
                        new Destinations(Set.of(), allowed),
                        host -> new DnsAnswer<>(
                                host.equals("inside.test")
                                        ? List.of(IpLiteral.parse("169.254.169.254"))
                                        : List.of(InetAddress.getLoopbackAddress()),
                                0,
                                Authenticity.SECURE,
                                ""),
                        ProbeIdentity.context(List.of()),
                        chain -> trusted ? null : "nobody is",
                        server.getLocalPort())
                .of("peer.test");
    }

    private static String fingerprint() throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(WEB.leaf().getEncoded());
        return "{\"fingerprints\":[{\"sha-256\":\"" + Base64.getEncoder().encodeToString(hash)
                + "\"}],\"expires\":86400}";
    }

    @Test
    void fingerprintsAreFetchedAndCompared() throws Exception {
        answers.put(FILE, OK + fingerprint());

        PoshFetch.Fetched found = fetched();

        assertThat(found.facts().state()).isEqualTo(PoshFacts.State.PRESENT);
        assertThat(found.document().matches(WEB.leaf())).isTrue();
        assertThat(found.document().matches(CA.leaf())).isFalse();
    }

    @Test
    void aReferenceIsFollowedOnceAndNoFurther() throws Exception {
        answers.put(FILE, OK + "{\"url\":\"https://hosting.test/posh.json\",\"expires\":86400}");
        answers.put("hosting.test/posh.json", OK + fingerprint());
        assertThat(fetched().document().matches(WEB.leaf())).isTrue();

        answers.put("hosting.test/posh.json", OK + "{\"url\":\"https://hosting.test/more.json\"}");
        assertThat(fetched().facts())
                .isEqualTo(new PoshFacts(PoshFacts.State.FAULTY, "it refers to a file that refers to another one"));
    }

    @Test
    void redirectionsEndSomewhereOrAreGivenUp() throws Exception {
        answers.put(FILE, "HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\n\r\n");
        answers.put("peer.test/elsewhere", OK + fingerprint());
        assertThat(fetched().facts().state()).isEqualTo(PoshFacts.State.PRESENT);

        answers.put("peer.test/elsewhere", "HTTP/1.1 307 Again\r\nLocation: https://peer.test/elsewhere\r\n\r\n");
        asked.clear();
        assertThat(fetched().facts())
                .isEqualTo(new PoshFacts(PoshFacts.State.FAULTY, "it redirects more than 5 times"));
        assertThat(asked).hasSize(6);
    }

    @Test
    void nobodyIsLedIntoAPrivateNetworkOrOutOfHttps() {
        answers.put(FILE, "HTTP/1.1 302 Found\r\nLocation: https://inside.test/latest/meta-data\r\n\r\n");
        assertThat(fetched().facts().detail()).contains("169.254.169.254", "is not public");

        answers.put(FILE, "HTTP/1.1 302 Found\r\nLocation: http://peer.test/posh.json\r\n\r\n");
        assertThat(fetched().facts().detail()).isEqualTo("it leads to what is no https address");

        answers.put(FILE, OK + "{\"url\":\"https://peer.test:22/\"}");
        assertThat(fetched().facts().detail()).isEqualTo("it leads to port 22");

        asked.clear();
        assertThat(fetched(List.of(), true).facts().state()).isEqualTo(PoshFacts.State.ABSENT);
        assertThat(asked).isEmpty();
    }

    @Test
    void whatIsHugeOrNoFileIsSaidToBe() {
        answers.put(FILE, OK + "{\"fingerprints\":[" + " ".repeat(70_000) + "]}");
        assertThat(fetched().facts().detail()).isEqualTo("it has more than 65536 bytes");

        answers.put(FILE, "HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n{}");
        assertThat(fetched().facts().state()).isEqualTo(PoshFacts.State.FAULTY);

        answers.put(FILE, "HTTP/1.1 200 OK\r\nX: " + "x".repeat(10_000) + "\r\n\r\n{}");
        assertThat(fetched().facts().detail()).contains("head");

        answers.put(FILE, OK + "{\"fingerprints\":[{\"sha-256\":[]}]}");
        assertThat(fetched().facts().detail()).isEqualTo("it has a fingerprint that is no text");

        answers.put(FILE, OK + "<html>");
        assertThat(fetched().facts().state()).isEqualTo(PoshFacts.State.FAULTY);
    }

    @Test
    void whoHasNoSuchFileOrNoTrustedWebServerPublishesNothing() {
        assertThat(fetched().facts()).isEqualTo(new PoshFacts(PoshFacts.State.ABSENT, "HTTP status 404"));
        assertThat(fetched(List.of(AddressRange.of("127.0.0.0/8")), false)
                        .facts()
                        .detail())
                .contains("is not trusted: nobody is");
    }
}
