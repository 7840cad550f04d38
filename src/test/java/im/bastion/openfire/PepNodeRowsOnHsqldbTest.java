// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire;

import im.bastion.host.Database.Dialect;

class PepNodeRowsOnHsqldbTest extends PepNodeRowsContract {
    PepNodeRowsOnHsqldbTest() {
        super(Dialect.HSQLDB);
    }
}
