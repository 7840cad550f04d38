// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.leak;

/** Something readable in a message. At most 31: sets of them are bits of an int. */
public enum Leak {
    BODY("body", "its text"),
    SUBJECT("subject", "its subject"),
    FORMATTED("formatted", "its formatted text"),
    REAL_TIME("real-time", "its text while it is typed"),
    FORWARDED("forwarded", "a message that it forwards"),
    SIGNED("signed", "its text, which is signed but not encrypted"),
    ADDRESS("address", "the address of a file"),
    FILE("file", "a file's name, address or key"),
    INLINE_DATA("inline-data", "data inside it"),
    PREVIEW("preview", "the preview of a link"),
    PLACE("place", "a place"),
    HINT("hint", "the hint at a hidden text"),
    REACTION("reaction", "a reaction"),
    /** Of a call or transfer that is offered: seen, never a reason to refuse, because signalling must pass. */
    OFFERED_FILE("offered-file", "the name of a file that is offered"),
    /** More than is looked at, which may hide anything. */
    UNREAD("unread", "more than can be looked at");

    private final String word;
    private final String title;

    Leak(String word, String title) {
        this.word = word;
        this.title = title;
    }

    /** As it stands in a rule's definition. */
    public String word() {
        return word;
    }

    /** For people, as the rest of "shows …". */
    public String title() {
        return title;
    }

    /** Its place in a set of leaks. */
    public int bit() {
        return 1 << ordinal();
    }

    /** The lowest, and so the gravest, leak of the set; null when there is none. */
    public static Leak first(int set) {
        return set == 0 ? null : values()[Integer.numberOfTrailingZeros(set)];
    }
}
