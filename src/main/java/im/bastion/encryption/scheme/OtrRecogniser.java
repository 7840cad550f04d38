// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.scheme;

import org.dom4j.Element;

/**
 * Off-the-Record Messaging (XEP-0364; its protocol document, version 3, "Message formats"): the body itself is the
 * message. Text around a query, or with the mark of white space, is plain text; so is whatever else begins with ?OTR.
 */
public final class OtrRecogniser implements SchemeRecogniser {
    private static final String MARK = "?OTR";
    private static final String ENCODED = "?OTR:";
    private static final int DATA = 0x03;
    private static final int MAX_FRAGMENTS = 65_535;

    @Override
    public Scheme scheme() {
        return Scheme.OTR;
    }

    @Override
    public Proof look(Element child) {
        if (!OwnChild.is(child, "body")) {
            return Proof.ABSENT;
        }
        String text = child.getText().strip();
        if (!text.startsWith(MARK)) {
            return Proof.ABSENT;
        }
        if (text.startsWith(ENCODED)) {
            return encoded(text);
        }
        if (isFragment(text)) {
            return Proof.PROVEN;
        }
        return isQuery(text) ? Proof.NEGOTIATES : Proof.ABSENT;
    }

    /** Version of two bytes, type of one: a data message, or a step of the key exchange. */
    private static Proof encoded(String text) {
        if (!text.endsWith(".")) {
            return Proof.ABSENT;
        }
        byte[] message = Base64Text.decode(text.substring(ENCODED.length(), text.length() - 1));
        if (message == null || message.length < 3 || message[0] != 0 || message[1] < 2 || message[1] > 4) {
            return Proof.ABSENT;
        }
        return message[2] == DATA ? Proof.PROVEN : Proof.NEGOTIATES;
    }

    /** {@code ?OTR,k,n,piece,} or, since version 3, {@code ?OTR|sender|receiver,k,n,piece,}. */
    private static boolean isFragment(String text) {
        if (text.length() <= MARK.length() || !text.endsWith(",")) {
            return false;
        }
        char kind = text.charAt(MARK.length());
        if (kind != ',' && kind != '|') {
            return false;
        }
        String[] parts = text.substring(MARK.length() + 1, text.length() - 1).split(",", -1);
        int first = kind == '|' ? 1 : 0;
        if (parts.length != first + 3 || (first == 1 && !isInstances(parts[0]))) {
            return false;
        }
        int number = number(parts[first]);
        return number >= 1 && number <= number(parts[first + 1]) && isPiece(parts[first + 2]);
    }

    private static boolean isInstances(String tags) {
        int bar = tags.indexOf('|');
        return bar > 0 && isHex(tags.substring(0, bar)) && isHex(tags.substring(bar + 1));
    }

    private static boolean isHex(String text) {
        return !text.isEmpty() && text.length() <= 8 && text.chars().allMatch(c -> Character.digit(c, 16) >= 0);
    }

    private static int number(String digits) {
        boolean fits = !digits.isEmpty() && digits.length() <= 5;
        if (!fits || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return 0;
        }
        int value = Integer.parseInt(digits);
        return value <= MAX_FRAGMENTS ? value : 0;
    }

    /** A part of an encoded message, whose beginning or end it may be. */
    private static boolean isPiece(String piece) {
        for (int i = 0; i < piece.length(); i++) {
            char c = piece.charAt(i);
            if (!Base64Text.isLetter(c) && c != '=' && c != '?' && c != ':' && c != '.') {
                return false;
            }
        }
        return !piece.isEmpty();
    }

    /** {@code ?OTR?}, {@code ?OTRv23?}, {@code ?OTR?v2?} and nothing else. */
    private static boolean isQuery(String text) {
        int at = MARK.length();
        boolean first = at < text.length() && text.charAt(at) == '?';
        if (first) {
            at++;
        }
        if (at == text.length()) {
            return first;
        }
        if (text.charAt(at) != 'v' || !text.endsWith("?")) {
            return false;
        }
        return text.substring(at + 1, text.length() - 1)
                .chars()
                .allMatch(c -> c < 0x80 && Character.isLetterOrDigit(c));
    }
}
