// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.encryption.traffic.Usage.Count;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much of what goes one way is encrypted.
 *
 * @param from the senders' domain
 * @param to the recipients' domain, or a room
 */
public record EncryptionPlace(String from, String to, long messages, long encrypted) {
    private static final int SHOWN = 20;

    private record Way(String from, String to) {}

    /** The ways with the most messages that are not encrypted. */
    static List<EncryptionPlace> of(List<Count> counts) {
        Map<Way, EncryptionPlace> ways =
                new TreeMap<>(Comparator.comparing(Way::from).thenComparing(Way::to));
        for (Count count : counts) {
            long encrypted = count.protection().isEncrypted() ? count.messages() : 0;
            ways.merge(
                    new Way(count.from(), count.to()),
                    new EncryptionPlace(count.from(), count.to(), count.messages(), encrypted),
                    (a, b) -> new EncryptionPlace(
                            a.from(), a.to(), a.messages() + b.messages(), a.encrypted() + b.encrypted()));
        }
        return ways.values().stream()
                .sorted(Comparator.comparingLong(EncryptionPlace::readable).reversed())
                .limit(SHOWN)
                .toList();
    }

    /** How many can be read by whoever carries them, at least in part. */
    public long readable() {
        return messages - encrypted;
    }

    /** The encrypted share, of 100. */
    public int percent() {
        return messages == 0 ? 0 : (int) (100 * encrypted / messages);
    }
}
