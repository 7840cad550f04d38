// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.setup;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.policy.IpLiteral;
import org.junit.jupiter.api.Test;

class DatabaseHostsTest {
    @Test
    void findsTheHostsInUrlsOfTheDatabasesThereAre() {
        assertThat(DatabaseHosts.names("jdbc:postgresql://db.example:5432/openfire"))
                .containsExactly("db.example");
        assertThat(DatabaseHosts.names("jdbc:postgresql://one:5432,two/openfire?x=//three"))
                .containsExactly("one", "two");
        assertThat(DatabaseHosts.names("jdbc:mysql://user:secret@db/openfire?useSSL=true"))
                .containsExactly("db");
        assertThat(DatabaseHosts.names("jdbc:sqlserver://db:1433;databaseName=x"))
                .containsExactly("db");
        assertThat(DatabaseHosts.names("jdbc:postgresql://[fd00::5]:5432/openfire"))
                .containsExactly("[fd00::5]");
        assertThat(DatabaseHosts.names("jdbc:hsqldb:/opt/openfire/embedded-db/openfire"))
                .isEmpty();
    }

    @Test
    void givesTheirAddresses() {
        assertThat(DatabaseHosts.of("jdbc:postgresql://192.0.2.5:5432,[fd00::5]/openfire"))
                .containsExactlyInAnyOrder(IpLiteral.parse("192.0.2.5"), IpLiteral.parse("fd00::5"));
        assertThat(DatabaseHosts.of("jdbc:hsqldb:mem:openfire")).isEmpty();
    }
}
