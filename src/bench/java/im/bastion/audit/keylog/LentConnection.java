// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.keylog;

import im.bastion.host.Database;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A database whose one connection is lent again and again, as a server's pool does: opening one for each transaction would
 * cost more than the transaction. For one thread.
 */
final class LentConnection implements Database, AutoCloseable {
    private final Dialect dialect;
    private final Connection kept;
    private final Connection lent;

    LentConnection(Database database) throws SQLException {
        this.dialect = database.dialect();
        this.kept = database.connection();
        this.lent = (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    try {
                        return method.invoke(kept, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public Connection connection() {
        return lent;
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public void close() throws SQLException {
        kept.close();
    }
}
