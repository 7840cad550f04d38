// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.wire;

/** Device ids: 1 to 2^31-1 (XEP-0384 §4.1), in plain ASCII digits. */
public final class DeviceId {
    private static final int MAX_DIGITS = 10;

    private DeviceId() {}

    /** The number, or 0 when the text is not a device id: null, signs, spaces, leading zeros and other scripts' digits. */
    public static int parse(String text) {
        if (text == null || text.isEmpty() || text.length() > MAX_DIGITS || text.charAt(0) == '0') {
            return 0;
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return 0;
            }
            value = value * 10 + (c - '0');
        }
        return value <= Integer.MAX_VALUE ? (int) value : 0;
    }
}
