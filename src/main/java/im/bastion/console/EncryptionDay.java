// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.encryption.traffic.Protection;
import im.bastion.encryption.traffic.Usage.Count;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** One day in the chart: messages by protection. */
public record EncryptionDay(LocalDate day, Map<Protection, Long> messages) {
    /** So many days end today; oldest first, those without messages too. */
    static List<EncryptionDay> of(List<Count> counts, LocalDate today, int days) {
        List<EncryptionDay> all = new ArrayList<>();
        for (int i = days - 1; i >= 0; i--) {
            LocalDate day = today.minusDays(i);
            Map<Protection, Long> messages = new EnumMap<>(Protection.class);
            for (Count count : counts) {
                if (count.day() == day.toEpochDay()) {
                    messages.merge(count.protection(), count.messages(), Long::sum);
                }
            }
            all.add(new EncryptionDay(day, messages));
        }
        return all;
    }

    /** How many in all. */
    public long total() {
        return messages.values().stream().mapToLong(Long::longValue).sum();
    }

    /** How many were encrypted with nothing readable beside. */
    public long encrypted() {
        return messages.entrySet().stream()
                .filter(entry -> entry.getKey().isEncrypted())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** The encrypted share, of 100; -1 on a day without messages. */
    public int percent() {
        return total() == 0 ? -1 : (int) (100 * encrypted() / total());
    }
}
