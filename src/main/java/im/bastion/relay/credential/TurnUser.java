// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.credential;

/**
 * A user name as a client sent it, taken apart.
 *
 * @param name all of it, at most {@link #MAX_LENGTH} characters
 * @param pseudonym what stands for the account: the same for all its credentials, so quotas count by it
 * @param expires epoch seconds
 */
public record TurnUser(String name, String pseudonym, long expires) {
    public static final int MAX_LENGTH = 128;
    private static final int MAX_DIGITS = 12;

    /** The parts, or null when the text is not "expiry:pseudonym". */
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
        return new TurnUser(name, name.substring(colon + 1), expires);
    }
}
