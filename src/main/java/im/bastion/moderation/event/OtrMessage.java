// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.event;

/** An encoded message of Off-the-Record Messaging (protocol version 3, "High level overview"): base64 between marks. */
final class OtrMessage {
    private static final String BEGIN = "?OTR:";

    private OtrMessage() {}

    static boolean is(String body) {
        if (!body.startsWith(BEGIN) || !body.endsWith(".")) {
            return false;
        }
        for (int i = BEGIN.length(); i < body.length() - 1; i++) {
            char c = body.charAt(i);
            boolean base64 = c < 0x80 && (Character.isLetterOrDigit(c) || c == '+' || c == '/' || c == '=');
            if (!base64) {
                return false;
            }
        }
        return true;
    }
}
