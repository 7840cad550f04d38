// SPDX-License-Identifier: Apache-2.0
package im.bastion.store;

import im.bastion.host.Database.Dialect;

class RecordTableOnMariadbTest extends RecordTableContract {
    RecordTableOnMariadbTest() {
        super(Dialect.MYSQL);
    }
}
