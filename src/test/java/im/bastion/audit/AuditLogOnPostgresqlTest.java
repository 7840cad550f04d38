// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit;

import im.bastion.host.Database.Dialect;

class AuditLogOnPostgresqlTest extends AuditLogContract {
    AuditLogOnPostgresqlTest() {
        super(Dialect.POSTGRESQL);
    }
}
