// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.relay;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code turnutils_uclient} says it sent and got; it ends with success whatever was lost.
 *
 * @param sent -1 when it did not come so far
 * @param output all that it printed
 */
record Traffic(int sent, int received, String output) {
    private static final Pattern TOTAL = Pattern.compile("tot_send_msgs=(\\d+), tot_recv_msgs=(\\d+)");

    static Traffic of(String output) {
        int sent = -1;
        int received = -1;
        // It reports once a second; the last report counts.
        for (Matcher total = TOTAL.matcher(output); total.find(); ) {
            sent = Integer.parseInt(total.group(1));
            received = Integer.parseInt(total.group(2));
        }
        return new Traffic(sent, received, output);
    }
}
