// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.credential;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A user name as a client sent it, taken apart.
 *
 * @param name all of it, at most {@link #MAX_LENGTH} characters
 * @param pseudonym what stands for the account: the same for all its credentials, so quotas count by it
 * @param session what stands for the session it was minted for; empty when another server minted it
 * @param expires epoch seconds
 */
public record TurnUser(String name, String pseudonym, String session, long expires) {
    public static final int MAX_LENGTH = 128;
    private static final int MAX_DIGITS = 12;
    private static final Pattern MINTED_HERE = Pattern.compile("([0-9a-f]{20})-([0-9a-f]{16})");

    /** The parts, or null when the text is not "expiry:anything". */
    public static TurnUser parse(String name) {
        int colon = name.indexOf(':');
        if (colon < 1 || colon > MAX_DIGITS || colon == name.length() - 1 || name.length() > MAX_LENGTH) {
            return null;
        }
        long expires = 0;
        for (int i = 0; i < colon; i++) {
            int digit = name.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return null;
            }
            expires = expires * 10 + digit;
        }
        String rest = name.substring(colon + 1);
        Matcher minted = MINTED_HERE.matcher(rest);
        return minted.matches()
                ? new TurnUser(name, minted.group(1), minted.group(2), expires)
                : new TurnUser(name, rest, "", expires);
    }
}
