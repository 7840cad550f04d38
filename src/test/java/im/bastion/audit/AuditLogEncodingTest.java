// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit;

import static im.bastion.audit.AuditFixtures.IMPATIENT;
import static im.bastion.audit.AuditFixtures.context;
import static im.bastion.audit.AuditFixtures.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.bastion.host.Database.Dialect;
import im.bastion.store.DatabaseServer;
import im.bastion.store.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that was created for Latin 1, against Openfire's advice. */
class AuditLogEncodingTest {
    @TempDir
    private Path folder;

    @Test
    void anEntryThatTheDatabaseCannotStoreIsWrittenInAsciiAndHoldsUpNothing() throws SQLException {
        TestDatabase latin1 = DatabaseServer.of(Dialect.POSTGRESQL)
                .freshDatabase("ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
        AuditQuery query = new AuditQuery(latin1);
        try (AuditLog log = new AuditLog(context(latin1, folder), IMPATIENT)) {
            log.record(event("größe"));
            await().until(() -> query.head().sequence() == 1);
            log.record(event("размер 😀"));
            await().until(() -> query.head().sequence() == 2);
            log.record(event("after"));
            await().until(() -> query.head().sequence() == 3);
        }
        assertThat(query.latest(3))
                .extracting(entry -> entry.event().detail())
                .containsExactly("after", "\\u0440\\u0430\\u0437\\u043c\\u0435\\u0440 \\ud83d\\ude00", "größe");
        assertThat(query.verify()).isEmpty();
    }
}
