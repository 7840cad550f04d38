// SPDX-License-Identifier: Apache-2.0
package im.bastion.store;

import im.bastion.host.Database.Dialect;

class RecordTableOnHsqldbTest extends RecordTableContract {
    RecordTableOnHsqldbTest() {
        super(Dialect.HSQLDB);
    }
}
