// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.keylog;

import im.bastion.host.Database.Dialect;

class KeyLogOnMariadbTest extends KeyLogContract {
    KeyLogOnMariadbTest() {
        super(Dialect.MYSQL);
    }
}
