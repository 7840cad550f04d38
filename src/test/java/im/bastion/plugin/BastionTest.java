// SPDX-License-Identifier: Apache-2.0
package im.bastion.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;

import im.bastion.audit.AuditContext;
import im.bastion.audit.AuditEntry;
import im.bastion.audit.AuditLog;
import im.bastion.audit.AuditQuery;
import im.bastion.audit.PolicyJournal;
import im.bastion.host.Host;
import im.bastion.host.ServerSession;
import im.bastion.host.memory.MemoryHost;
import im.bastion.host.memory.MemoryServerSession;
import im.bastion.host.memory.ThreadsSince;
import im.bastion.metric.Counters;
import im.bastion.metric.Health;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.PolicyStore;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

/** The whole product on a server in memory: what fails, fails alone; what is decided does not wait for a database. */
class BastionTest {
    private static final RuleId TLS = new RuleId("federation.everybody");
    private static final RuleId PHRASES = new RuleId("moderation.listed-phrase");

    private final MemoryHost host = new MemoryHost();
    private JID room;
    private JID spammer;

    @BeforeEach
    void aServerWithTablesARoomAndAStranger() throws IOException, SQLException {
        try (Connection connection = host.database().connection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE ofVersion (name VARCHAR(50) PRIMARY KEY, version INTEGER)");
            String script = Files.readString(Path.of("src/main/database/bastion_hsqldb.sql"))
                    .replaceAll("(?m)^--.*$", "");
            for (String sql : script.split(";", -1)) {
                if (!sql.isBlank()) {
                    statement.execute(sql);
                }
            }
        }
        room = host.rooms().create("den", host.users().register("owner"));
        spammer = host.users().connect(host.users().register("spammer"), "bot");
        host.rooms().enter(room, spammer, "spammer");
        host.properties().set("plugin.bastion.moderation.mode", "enforce");
        host.properties().set("plugin.bastion.relay.listen-address", "127.0.0.1");
        // Above the ports the system gives away, so that a free one is not among them.
        host.properties().set("plugin.bastion.relay.min-port", "61000");
        host.properties().set("plugin.bastion.relay.max-port", "61255");
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void aPortInUseStopsTheRelayAndNobodyElse() throws IOException {
        forbid("cheap watches");
        try (DatagramSocket taken = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            host.properties().set("plugin.bastion.relay.mode", "enforce");
            host.properties().set("plugin.bastion.relay.port", String.valueOf(taken.getLocalPort()));
            try (Bastion bastion = new Bastion(host, "test")) {
                assertThat(bastion.health().of("relay").state()).isEqualTo(Health.State.FAILED);
                assertThat(bastion.health().of("relay").message()).contains(String.valueOf(taken.getLocalPort()));
                assertThat(says("buy cheap watches")).isFalse();
                assertThat(bastion.health().of("omemo").state()).isEqualTo(Health.State.OK);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"s2s.domain-pairs, federation", "pep.flush, omemo", "muc.room, moderation"})
    void aMissingCapabilitySwitchesOffTheGuardThatNeedsItAndNobodyElse(String capability, String guard) {
        forbid("cheap watches");
        host.capabilities().lacks(capability, guard);
        try (Bastion bastion = new Bastion(host, "test")) {
            assertThat(bastion.health().of(guard).state()).isEqualTo(Health.State.FAILED);
            assertThat(bastion.health().of(guard).message()).contains(capability);
            assertThat(bastion.health().all())
                    .filteredOn(report -> !report.part().startsWith(guard))
                    .noneMatch(report -> report.state() == Health.State.FAILED);
            assertThat(says("buy cheap watches")).isEqualTo(guard.equals("moderation"));
        }
    }

    @Test
    void aGuardThatCannotEvenBeBuiltLeavesTheOthersRunning() {
        forbid("cheap watches");
        Host failing = mock(Host.class, delegatesTo(host));
        doThrow(new IllegalStateException("deliberate")).when(failing).pep();
        try (Bastion bastion = new Bastion(failing, "test")) {
            assertThat(bastion.health().of("omemo").state()).isEqualTo(Health.State.FAILED);
            assertThat(bastion.health().of("omemo").message()).contains("deliberate");
            assertThat(bastion.health().of("federation").state()).isEqualTo(Health.State.OK);
            assertThat(says("buy cheap watches")).isFalse();
        }
    }

    @Test
    void federationThatCannotRunIsClosedWhileARuleIsEnforcedAndOpenOtherwise() {
        define(TLS, "{\"peers\":[\"*\"],\"certificate\":\"valid\"}");
        host.properties().set("plugin.bastion.federation.mode", "enforce");
        host.capabilities().lacks("s2s.domain-pairs", "federation");
        ServerSession peer = MemoryServerSession.plain(ServerSession.Direction.OUTGOING, "away.example");
        try (Bastion bastion = new Bastion(host, "test")) {
            assertThat(bastion.health().of("federation").message()).contains("plugin.bastion.federation.mode");
            assertThat(leaves(peer)).isFalse();

            host.properties().set("plugin.bastion.federation.mode", "observe");

            assertThat(leaves(peer)).isTrue();
        }
    }

    @Test
    void withoutADatabaseTheGuardsDecideFromMemoryAndNoAuditEntryIsLost() throws SQLException {
        forbid("cheap watches");
        host.database().goDown();
        try (Bastion bastion = new Bastion(host, "test")) {
            assertThat(says("buy cheap watches")).isFalse();
            assertThat(says("good morning")).isTrue();
            await().untilAsserted(() ->
                    assertThat(bastion.health().of("database").state()).isEqualTo(Health.State.FAILED));

            host.database().comeBack();

            await().untilAsserted(() -> assertThat(new AuditQuery(host.database()).latest(10))
                    .extracting(AuditEntry::event)
                    .anySatisfy(event -> assertThat(event.action()).isEqualTo("message-refused")));
            assertThat(new AuditQuery(host.database()).verify()).isEmpty();
            await().untilAsserted(() ->
                    assertThat(bastion.health().of("database").state()).isEqualTo(Health.State.OK));
        }
    }

    @Test
    void tablesThatAreMissingAreNamedAndTheGuardsRun() throws SQLException {
        try (Connection connection = host.database().connection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE ofBastionAudit");
        }
        try (Bastion bastion = new Bastion(host, "test")) {
            await().untilAsserted(() ->
                    assertThat(bastion.health().of("database").message()).contains("ofBastionAudit"));
            assertThat(says("good morning")).isTrue();
        }
    }

    @Test
    void closingLeavesNothingRegisteredAndNoThread() {
        ThreadsSince threads = new ThreadsSince();
        int listeners = host.properties().listeners();
        host.properties().set("plugin.bastion.relay.mode", "enforce");
        host.properties().set("plugin.bastion.relay.port", freePort());

        Bastion bastion = new Bastion(host, "test");
        assertThat(host.traffic().isWatched()).isTrue();
        assertThat(host.adminConsole().page("bastion-overview.jsp")).isNotNull();
        bastion.close();

        assertThat(host.traffic().isWatched()).isFalse();
        assertThat(host.adminConsole().page("bastion-overview.jsp")).isNull();
        assertThat(host.properties().listeners()).isEqualTo(listeners);
        await().untilAsserted(() -> assertThat(threads.alive()).isEmpty());
    }

    private boolean leaves(ServerSession peer) {
        Message message = new Message();
        message.setFrom(spammer);
        message.setTo("lee@away.example");
        message.setBody("hello");
        return host.traffic().toPeer(message, peer);
    }

    private void forbid(String phrase) {
        define(PHRASES, "{\"phrases\":[\"" + phrase + "\"],\"rooms\":[\"*\"]}");
    }

    private void define(RuleId rule, String body) {
        Clock clock = Clock.systemUTC();
        Health health = new Health(clock);
        try (AuditLog log =
                new AuditLog(new AuditContext(host.database(), host.dataFolder(), health, new Counters(), clock))) {
            new PolicyStore(host.database(), host.dataFolder(), new PolicyJournal(log), health, clock)
                    .change(rule, Mode.ENFORCE, body, "admin");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean says(String body) {
        Message message = new Message();
        message.setType(Message.Type.groupchat);
        message.setFrom(spammer);
        message.setTo(room);
        message.setBody(body);
        return host.traffic().fromClient(message, spammer);
    }

    private static String freePort() {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return String.valueOf(socket.getLocalPort());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
