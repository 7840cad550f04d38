// SPDX-License-Identifier: Apache-2.0
package im.bastion.store;

import im.bastion.store.Records.Row;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Reads more documents of a kind than one call answers. */
public final class RecordPages {
    private RecordPages() {}

    /**
     * Shows the newest documents of a kind, each once, newest first. Of one millisecond at most {@link Records#MAX_PAGE}.
     *
     * @return how many were shown
     */
    public static int read(Records records, String kind, int max, Consumer<Row> reader) throws SQLException {
        long before = Long.MAX_VALUE;
        Set<String> ofLastMoment = Set.of();
        int shown = 0;
        while (shown < max) {
            List<Row> page = records.newest(kind, before, Records.MAX_PAGE);
            for (Row row : page) {
                if (shown < max && !ofLastMoment.contains(row.id())) {
                    reader.accept(row);
                    shown++;
                }
            }
            if (page.size() < Records.MAX_PAGE) {
                break;
            }
            // The page may end among documents of one moment: that moment is read again, without those shown already.
            long last = page.get(page.size() - 1).at();
            Set<String> seen = page.stream()
                    .filter(row -> row.at() == last)
                    .map(Row::id)
                    .collect(Collectors.toCollection(HashSet::new));
            before = page.get(0).at() == last ? last : last + 1;
            ofLastMoment = seen;
        }
        return shown;
    }
}
