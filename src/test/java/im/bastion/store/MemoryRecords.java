// SPDX-License-Identifier: Apache-2.0
package im.bastion.store;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/** Records in a map. */
public final class MemoryRecords implements Records {
    private final Map<String, Row> rows = new ConcurrentSkipListMap<>();

    @Override
    public Optional<Row> get(String kind, String id) {
        return Optional.ofNullable(rows.get(key(kind, id)));
    }

    @Override
    public void put(List<Row> documents) {
        documents.forEach(row -> rows.put(key(row.kind(), row.id()), row));
    }

    @Override
    public boolean delete(String kind, String id) {
        return rows.remove(key(kind, id)) != null;
    }

    @Override
    public List<Row> newest(String kind, long before, int max) {
        return ofKind(kind, before).limit(max).toList();
    }

    @Override
    public List<Row> newest(String kind, String scope, long before, int max) {
        return ofKind(kind, before)
                .filter(row -> row.scope().equals(scope))
                .limit(max)
                .toList();
    }

    @Override
    public List<Row> after(String kind, String id, int max) {
        return ofKind(kind, Long.MAX_VALUE)
                .filter(row -> row.id().compareTo(id) > 0)
                .sorted(Comparator.comparing(Row::id))
                .limit(max)
                .toList();
    }

    @Override
    public long count(String kind) {
        return ofKind(kind, Long.MAX_VALUE).count();
    }

    @Override
    public int purge(long now, int max) {
        List<Row> dead = rows.values().stream()
                .filter(row -> row.expiresAt() <= now)
                .limit(max)
                .toList();
        dead.forEach(row -> rows.remove(key(row.kind(), row.id())));
        return dead.size();
    }

    private Stream<Row> ofKind(String kind, long before) {
        return rows.values().stream()
                .filter(row -> row.kind().equals(kind) && row.at() < before)
                .sorted(Comparator.comparingLong(Row::at).reversed());
    }

    private static String key(String kind, String id) {
        return kind + " " + id;
    }
}
