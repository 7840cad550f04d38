// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.keylog;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The salts of the {@link #MAX} accounts that something happened to last, so that each event need not ask for one. They hold
 * for one turn of the log's lock, which every erasure on any node takes. For one thread at a time.
 */
final class KnownSalts {
    /** Salts in memory, some hundred bytes each with their account. */
    static final int MAX = 1_000;

    /** That no log is ever at. */
    private static final long NONE = -1;

    private final KeyLogTable table;
    private final Map<String, byte[]> salts = new LinkedHashMap<>(MAX, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
            return size() > MAX;
        }
    };
    private long turn = NONE;

    KnownSalts(KeyLogTable table) {
        this.table = table;
    }

    /** The turn that they are from. */
    long turn() {
        return turn;
    }

    /** Those of these accounts, new ones where there were none; the caller holds the lock, and it is still that turn. */
    Map<String, byte[]> of(Connection connection, Collection<String> accounts) throws SQLException {
        Map<String, byte[]> of = new HashMap<>();
        Set<String> unknown = new LinkedHashSet<>();
        for (String account : accounts) {
            byte[] salt = salts.get(account);
            if (salt == null) {
                unknown.add(account);
            } else {
                of.put(account, salt);
            }
        }
        if (!unknown.isEmpty()) {
            of.putAll(table.saltsOrNew(connection, unknown));
        }
        return of;
    }

    /** These have been committed, and are from that turn. */
    void keep(long fromTurn, Map<String, byte[]> committed) {
        turn = fromTurn;
        salts.putAll(committed);
    }

    void forget() {
        turn = NONE;
        salts.clear();
    }
}
