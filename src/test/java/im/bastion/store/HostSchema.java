// SPDX-License-Identifier: Apache-2.0
package im.bastion.store;

import static org.mockito.Mockito.mock;

import im.bastion.host.Database.Dialect;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Locale;

/**
 * Openfire's own SchemaManager (4.2.0; 5.1.1 splits scripts alike), run on a folder of scripts as it is when the server
 * loads a plugin. By reflection, since its public door needs a whole server.
 */
final class HostSchema {
    private static final String PACKAGE = "org.jivesoftware.database.";

    private HostSchema() {}

    /** Installs or upgrades to that version, with the scripts in the folder. False when the host reports a failure. */
    static boolean bringTo(Connection connection, Dialect dialect, Path scripts, int version) {
        try {
            setDatabaseType(dialect);
            Class<?> loaderType = Class.forName(PACKAGE + "SchemaManager$ResourceLoader");
            Object loader = mock(loaderType, call -> {
                Path script = scripts.resolve((String) call.getArgument(0));
                return Files.exists(script) ? Files.newInputStream(script) : null;
            });
            Class<?> type = Class.forName(PACKAGE + "SchemaManager");
            Method check = type.getDeclaredMethod("checkSchema", Connection.class, String.class, int.class, loaderType);
            check.setAccessible(true);
            return (boolean) check.invoke(type.getConstructor().newInstance(), connection, Schema.KEY, version, loader);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("Openfire's SchemaManager is not what it was", e);
        }
    }

    private static void setDatabaseType(Dialect dialect) throws ReflectiveOperationException {
        Class<?> connections = Class.forName(PACKAGE + "DbConnectionManager");
        Field field = connections.getDeclaredField("databaseType");
        field.setAccessible(true);
        for (Object type : field.getType().getEnumConstants()) {
            if (type.toString().equals(dialect.name().toLowerCase(Locale.ROOT))) {
                field.set(null, type);
            }
        }
    }
}
