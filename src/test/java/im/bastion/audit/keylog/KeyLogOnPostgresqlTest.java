// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.keylog;

import im.bastion.host.Database.Dialect;

class KeyLogOnPostgresqlTest extends KeyLogContract {
    KeyLogOnPostgresqlTest() {
        super(Dialect.POSTGRESQL);
    }
}
