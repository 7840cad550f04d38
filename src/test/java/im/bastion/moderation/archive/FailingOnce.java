// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.archive;

import im.bastion.store.Records;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Records whose nth writing fails, and no other. */
final class FailingOnce implements Records {
    private final Records records;
    private int left;

    FailingOnce(Records records, int nth) {
        this.records = records;
        this.left = nth;
    }

    @Override
    public synchronized void put(List<Row> rows) throws SQLException {
        if (--left == 0) {
            throw new SQLException("down");
        }
        records.put(rows);
    }

    @Override
    public Optional<Row> get(String kind, String id) throws SQLException {
        return records.get(kind, id);
    }

    @Override
    public boolean delete(String kind, String id) throws SQLException {
        return records.delete(kind, id);
    }

    @Override
    public List<Row> newest(String kind, long before, int max) throws SQLException {
        return records.newest(kind, before, max);
    }

    @Override
    public List<Row> newest(String kind, String scope, long before, int max) throws SQLException {
        return records.newest(kind, scope, before, max);
    }

    @Override
    public List<Row> after(String kind, String id, int max) throws SQLException {
        return records.after(kind, id, max);
    }

    @Override
    public long count(String kind) throws SQLException {
        return records.count(kind);
    }

    @Override
    public int purge(long now, int max) throws SQLException {
        return records.purge(now, max);
    }
}
