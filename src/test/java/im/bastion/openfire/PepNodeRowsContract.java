// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.bastion.host.Database.Dialect;
import im.bastion.host.HostException;
import im.bastion.host.Pep;
import im.bastion.host.PepNodes.Change;
import im.bastion.host.PepNodes.Row;
import im.bastion.store.DatabaseServer;
import im.bastion.store.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rows of accounts' nodes in a real database. */
abstract class PepNodeRowsContract {
    private static final List<String> KEYS = List.of("eu.siacs.conversations.axolotl.", "urn:xmpp:omemo:");
    private static final String LIST = "eu.siacs.conversations.axolotl.devicelist";
    private static final String BUNDLES = "urn:xmpp:omemo:2:bundles";

    private final DatabaseServer server;
    private TestDatabase database;
    private PepNodeRows nodes;

    PepNodeRowsContract(Dialect dialect) {
        this.server = DatabaseServer.of(dialect);
    }

    @BeforeEach
    void makeTables() throws SQLException {
        database = server.freshDatabase();
        nodes = new PepNodeRows(database, "loaded@home.example"::equals);
        HostPepTables.make(database);
    }

    @Test
    void givesTheNodesOfAllAccountsPageByPageEachOnce() throws SQLException {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            String owner = "user%02d@home.example".formatted(i);
            node(owner, LIST, "presence", 0, 1);
            node(owner, BUNDLES, "open", 1, 256);
            node(owner, "http://jabber.org/protocol/nick", "presence", 1, 1);
            expected.add(owner + " " + LIST);
            expected.add(owner + " " + BUNDLES);
        }
        node("pubsub", BUNDLES, "open", 1, 1);

        List<String> found = new ArrayList<>();
        List<Row> page = nodes.page(KEYS, null, 7);
        while (!page.isEmpty()) {
            assertThat(page).hasSizeLessThanOrEqualTo(7);
            page.forEach(row -> found.add(row.owner() + " " + row.node().id()));
            page = nodes.page(KEYS, page.get(page.size() - 1), 7);
        }

        assertThat(found).containsExactlyInAnyOrderElementsOf(expected).doesNotHaveDuplicates();
        assertThat(nodes.count(KEYS)).isEqualTo(50);
    }

    @Test
    void saysHowANodeStands() throws SQLException {
        node("romeo@home.example", BUNDLES, "whitelist", 1, 7);

        assertThat(nodes.page(KEYS, null, 10))
                .containsExactly(new Row("romeo@home.example", new Pep.Node(BUNDLES, "whitelist", true, 7), 5_120));
    }

    @Test
    void replacesTheRowsThatAreStillAsTheyWere() throws SQLException {
        node("a@home.example", LIST, "presence", 0, 1);
        node("b@home.example", LIST, "presence", 0, 1);
        List<Change> changes = nodes.page(KEYS, null, 10).stream()
                .map(row -> new Change(row, new Row(row.owner(), new Pep.Node(LIST, "open", true, 1), 1_000_000)))
                .toList();
        database.run("UPDATE ofPubsubNode SET accessModel = 'whitelist' WHERE serviceID = 'b@home.example'");

        List<Change> done = nodes.replace(changes);

        assertThat(done).containsExactly(changes.get(0));
        assertThat(nodes.page(KEYS, null, 10))
                .containsExactly(
                        changes.get(0).after(),
                        new Row("b@home.example", new Pep.Node(LIST, "whitelist", false, 1), 5_120));
    }

    @Test
    void replacesAllOrNone() throws SQLException {
        node("a@home.example", LIST, "presence", 0, 1);
        Row row = nodes.page(KEYS, null, 10).get(0);
        Row good = new Row(row.owner(), new Pep.Node(LIST, "open", true, 1), 1);
        Row broken = new Row(row.owner(), new Pep.Node(LIST, "longer-than-ten-characters", true, 1), 1);

        assertThatThrownBy(() -> nodes.replace(List.of(new Change(row, good), new Change(good, broken))))
                .isInstanceOf(HostException.class);

        assertThat(nodes.page(KEYS, null, 10)).containsExactly(row);
    }

    @Test
    void nothingToReplaceNeedsNoDatabase() {
        database.run("DROP TABLE ofPubsubNode");

        assertThat(nodes.replace(List.of())).isEmpty();
        assertThatThrownBy(() -> nodes.count(KEYS)).isInstanceOf(HostException.class);
    }

    @Test
    void whatIsInMemoryIsTheHostsToSay() {
        assertThat(nodes.isLoaded("loaded@home.example")).isTrue();
        assertThat(nodes.isLoaded("other@home.example")).isFalse();
    }

    private void node(String owner, String id, String access, int persist, int maxItems) throws SQLException {
        HostPepTables.node(database, owner, id, access, persist, maxItems, 5_120);
    }
}
