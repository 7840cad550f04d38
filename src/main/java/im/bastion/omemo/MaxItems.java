// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import java.util.List;

/**
 * A value of {@code pubsub#max_items} as asked for.
 *
 * @param max whether it is the word "max" (XEP-0060, feature config-node-max)
 * @param number else; any that fits 32 bits
 */
record MaxItems(boolean max, int number) {
    private static final int MAX_LENGTH = 11;

    static MaxItems parse(List<String> values) throws UnacceptableOption {
        if (values.size() == 1) {
            String text = values.get(0).strip();
            if (text.equals("max")) {
                return new MaxItems(true, 0);
            }
            if (isPlain(text)) {
                long number = Long.parseLong(text);
                if (number == (int) number) {
                    return new MaxItems(false, (int) number);
                }
            }
        }
        throw UnacceptableOption.malformed(NodeForm.MAX_ITEMS, "one number, or max");
    }

    /** The number it stands for. */
    int within(int limit) {
        return max ? limit : number;
    }

    private static boolean isPlain(String text) {
        String digits = text.startsWith("-") ? text.substring(1) : text;
        return !digits.isEmpty()
                && text.length() <= MAX_LENGTH
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
