// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.bastion.host.Database.Dialect;
import im.bastion.store.DatabaseServer;
import im.bastion.store.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Room for a bundle in the table of items, as releases of Openfire made it. */
class PepPayloadsTest {
    private static final String BUNDLE = "k".repeat(PepPayloads.ENOUGH);

    private final TestDatabase database = DatabaseServer.of(Dialect.HSQLDB).freshDatabase();

    @Test
    void theColumnThatIsTooSmallIsMadeLargerOnceAndKeepsWhatIsInIt() throws Exception {
        items("VARCHAR(4000)");
        insert("old", "list");
        assertThatThrownBy(() -> insert("new", BUNDLE)).isInstanceOf(IllegalStateException.class);

        assertThat(PepPayloads.makeRoom(database)).isTrue();

        insert("new", BUNDLE);
        assertThat(database.number("SELECT COUNT(*) FROM ofPubsubItem WHERE payload = 'list'"))
                .isEqualTo(1);
        assertThat(database.number("SELECT CHAR_LENGTH(payload) FROM ofPubsubItem WHERE id = 'new'"))
                .isEqualTo(BUNDLE.length());
        assertThat(PepPayloads.makeRoom(database)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"LONGVARCHAR", "CLOB"})
    void aColumnWithRoomIsLeftAsItIs(String type) throws Exception {
        items(type);

        assertThat(PepPayloads.makeRoom(database)).isFalse();
    }

    @Test
    void whereThereIsNoRoomTheGuardIsToldWhatItLacks() {
        Probe probe = new Probe(getClass().getClassLoader());

        PepPayloads.makeRoom(database, probe);

        assertThat(probe.all()).singleElement().satisfies(capability -> {
            assertThat(capability.present()).isFalse();
            assertThat(capability.guard()).isEqualTo("omemo");
            assertThat(capability.detail()).contains("There is no such column");
        });
    }

    private void items(String type) {
        database.run("CREATE TABLE ofPubsubItem (id VARCHAR(100) NOT NULL, payload " + type + ", PRIMARY KEY (id))");
    }

    private void insert(String id, String payload) {
        int unused = database.run("INSERT INTO ofPubsubItem (id, payload) VALUES ('" + id + "', '" + payload + "')");
    }
}
