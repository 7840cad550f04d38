// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit;

import im.bastion.host.Database.Dialect;

class AuditLogOnHsqldbTest extends AuditLogContract {
    AuditLogOnHsqldbTest() {
        super(Dialect.HSQLDB);
    }
}
