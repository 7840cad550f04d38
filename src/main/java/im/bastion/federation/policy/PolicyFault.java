// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.policy;

/** What is wrong with a policy, and where. */
public final class PolicyFault extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int MAX_QUOTED = 80;

    private final int line;
    private final String field;
    private final String what;

    /**
     * @param line the line of the text, from 1
     * @param field for example {@code rules[3].pins[0].current}; empty for the text as a whole
     * @param what the end of a sentence that begins with the field
     */
    PolicyFault(int line, String field, String what) {
        super("line " + line + (field.isEmpty() ? "" : ", " + shown(field)) + ": " + what);
        this.line = line;
        this.field = shown(field);
        this.what = what;
    }

    public int line() {
        return line;
    }

    public String field() {
        return field;
    }

    public String what() {
        return what;
    }

    /** The text in quotation marks, cut and without control characters, for a message. */
    static String quoted(String text) {
        return '"' + shown(text) + '"';
    }

    private static String shown(String text) {
        String clean = text.replaceAll("\\p{C}", "\uFFFD");
        return clean.length() <= MAX_QUOTED ? clean : clean.substring(0, MAX_QUOTED) + "…";
    }
}
