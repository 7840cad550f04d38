// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.relay.Capacity;
import im.bastion.relay.LiveAllocation;
import im.bastion.relay.turn.PeerRefusals;
import im.bastion.relay.watch.Quality;
import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;

/**
 * What goes through the relay.
 *
 * @param live the allocations; null where the relay could not start
 * @param charts of all together
 * @param chosen the one whose course is shown; null for none
 * @param ofChosen its charts
 */
public record AllocationsView(
        Frame frame,
        Capacity capacity,
        Paged<LiveAllocation> live,
        List<Chart> charts,
        LiveAllocation chosen,
        List<Chart> ofChosen,
        List<PeerRefusals.Refused> refused) {
    /** With its unit, for example "1.5 MB". */
    public static String bytes(long bytes) {
        if (bytes < 1_000) {
            return bytes + " B";
        }
        double value = bytes;
        String[] units = {"kB", "MB", "GB", "TB", "PB"};
        int unit = -1;
        while (value >= 1_000 && unit < units.length - 1) {
            value /= 1_000;
            unit++;
        }
        return String.format(Locale.ENGLISH, "%.1f %s", value, units[unit]);
    }

    /** With thousands apart. */
    public static String number(long number) {
        return NumberFormat.getIntegerInstance(Locale.ENGLISH).format(number);
    }

    /** In percent. */
    public static String loss(Quality quality) {
        return String.format(Locale.ENGLISH, "%.1f", quality.lostPerMille() / 10.0);
    }

    /** In milliseconds. */
    public static String jitter(Quality quality) {
        return String.format(Locale.ENGLISH, "%.1f", quality.jitterMicros() / 1_000.0);
    }
}
