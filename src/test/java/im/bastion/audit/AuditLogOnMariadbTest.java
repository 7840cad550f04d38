// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit;

import im.bastion.host.Database.Dialect;

class AuditLogOnMariadbTest extends AuditLogContract {
    AuditLogOnMariadbTest() {
        super(Dialect.MYSQL);
    }
}
