// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.bastion.host.Database.Dialect;
import im.bastion.host.HostException;
import im.bastion.host.Pep;
import im.bastion.openfire.PepRows.Row;
import im.bastion.store.DatabaseServer;
import im.bastion.store.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.JID;

/** The rows of published items in a real database. */
abstract class PepRowsContract {
    private static final JID ROMEO = new JID("romeo@home.example");
    private static final JID PHONE = new JID("romeo@home.example/phone");
    private static final String NODE = "urn:xmpp:omemo:2:bundles";

    private final DatabaseServer server;
    private TestDatabase database;
    private PepRows rows;

    PepRowsContract(Dialect dialect) {
        this.server = DatabaseServer.of(dialect);
    }

    @BeforeEach
    void makeTables() throws SQLException {
        database = server.freshDatabase();
        rows = new PepRows(database);
        HostPepTables.make(database);
        HostPepTables.node(database, ROMEO.toString(), NODE, "open", 1, 256, 5_120);
    }

    @Test
    void writesARowAsTheHostWould() throws SQLException {
        Element item = DocumentHelper.createElement("item").addAttribute("id", "101");
        item.addElement("bundle", "urn:xmpp:omemo:2").setText("<&>");

        rows.write(ROMEO, NODE, List.of(Row.of(item, PHONE, 1_234)));

        assertThat(items())
                .containsExactly("romeo@home.example|" + NODE + "|101|romeo@home.example/phone|000000000001234|"
                        + "<bundle xmlns=\"urn:xmpp:omemo:2\">&lt;&amp;&gt;</bundle>");
    }

    @Test
    void replacesTheRowOfTheSameIdAndLeavesTheOthers() throws SQLException {
        rows.write(ROMEO, NODE, List.of(row("101", "old"), row("202", "other")));
        rows.write(ROMEO, NODE, List.of(row("101", "new")));

        assertThat(payloads()).containsExactlyInAnyOrder("new", "other");
    }

    @Test
    void deletesTheItemsThatAreNamed() throws SQLException {
        rows.write(ROMEO, NODE, List.of(row("101", "first"), row("202", "second")));
        rows.delete(ROMEO, NODE, List.of("101", "303"));
        rows.delete(ROMEO, "another", List.of("202"));

        assertThat(payloads()).containsExactly("second");
    }

    @Test
    void takesTheLastOfTwoItemsWithOneId() throws SQLException {
        rows.write(ROMEO, NODE, List.of(row("101", "first"), row("101", "last")));

        assertThat(payloads()).containsExactly("last");
    }

    @Test
    void anItemWithoutPayloadHasNone() throws SQLException {
        rows.write(
                ROMEO, NODE, List.of(Row.of(DocumentHelper.createElement("item").addAttribute("id", "101"), PHONE, 1)));

        assertThat(payloads()).containsExactly("null");
    }

    @Test
    void refusesWhenTheNodeIsNotThereOrKeepsNothing() throws SQLException {
        assertThatThrownBy(() -> rows.write(ROMEO, "another", List.of(row("101", "x"))))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("another");
        database.run("UPDATE ofPubsubNode SET persistItems = 0");

        assertThatThrownBy(() -> rows.write(ROMEO, NODE, List.of(row("101", "x"))))
                .isInstanceOf(HostException.class);
    }

    @Test
    void knowsWhetherANodeIsAsItShouldBeAndWhetherItIsGone() {
        rows.require(ROMEO, new Pep.Node(NODE, "open", true, 256));
        assertThatThrownBy(() -> rows.require(ROMEO, new Pep.Node(NODE, "presence", true, 256)))
                .isInstanceOf(HostException.class);
        rows.requireGone(ROMEO, "another");
        assertThatThrownBy(() -> rows.requireGone(ROMEO, NODE)).isInstanceOf(HostException.class);
    }

    @Test
    void aBundleOfAnyLengthAndScriptComesBackAsItWas() throws SQLException {
        String payload = "<bundle label='Grüße, 世界 \uD83D\uDE00'>" + "x".repeat(200_000) + "</bundle>";

        rows.write(ROMEO, NODE, List.of(row("101", payload)));

        assertThat(payloads()).containsExactly(payload);
    }

    @Test
    void writersOfOneItemDoNotDisturbEachOther() throws Exception {
        int writers = 8;
        ExecutorService pool = Executors.newFixedThreadPool(writers);
        try {
            List<Future<?>> written = new ArrayList<>();
            for (int i = 0; i < writers * 10; i++) {
                String payload = "list " + i;
                written.add(pool.submit(() -> rows.write(ROMEO, NODE, List.of(row("current", payload)))));
            }
            for (Future<?> one : written) {
                one.get(30, TimeUnit.SECONDS);
            }
        } finally {
            pool.shutdownNow();
        }

        assertThat(payloads()).singleElement().asString().startsWith("list ");
    }

    @Test
    void writesAllOrNothing() throws SQLException {
        rows.write(ROMEO, NODE, List.of(row("101", "old")));

        assertThatThrownBy(() ->
                        rows.write(ROMEO, NODE, List.of(row("101", "new"), row("1".repeat(101), "too long an id"))))
                .isInstanceOf(HostException.class);

        assertThat(payloads()).containsExactly("old");
    }

    private static Row row(String id, String payload) {
        return new Row(id, PHONE, 1, payload);
    }

    private List<String> payloads() throws SQLException {
        return items().stream()
                .map(row -> row.substring(row.lastIndexOf('|') + 1))
                .toList();
    }

    private List<String> items() throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement();
                ResultSet all = statement.executeQuery(
                        "SELECT serviceID, nodeID, id, jid, creationDate, payload FROM ofPubsubItem")) {
            while (all.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= 6; column++) {
                    row.add(String.valueOf(all.getString(column)));
                }
                found.add(String.join("|", row));
            }
        }
        return found;
    }
}
