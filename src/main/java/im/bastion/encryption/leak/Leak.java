// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.leak;

/** Something readable in a message. At most 31: sets of them are bits of an int. */
public enum Leak {
    BODY(1, "body", "its text"),
    SUBJECT(1 << 1, "subject", "its subject"),
    FORMATTED(1 << 2, "formatted", "its formatted text"),
    REAL_TIME(1 << 3, "real-time", "its text while it is typed"),
    FORWARDED(1 << 4, "forwarded", "a message that it forwards"),
    SIGNED(1 << 5, "signed", "its text, which is signed but not encrypted"),
    ADDRESS(1 << 6, "address", "the address of a file"),
    FILE(1 << 7, "file", "a file's name, address or key"),
    INLINE_DATA(1 << 8, "inline-data", "data inside it"),
    PREVIEW(1 << 9, "preview", "the preview of a link"),
    PLACE(1 << 10, "place", "a place"),
    HINT(1 << 11, "hint", "the hint at a hidden text"),
    REACTION(1 << 12, "reaction", "a reaction"),
    /** Of a call or transfer that is offered: seen, never a reason to refuse, because signalling must pass. */
    OFFERED_FILE(1 << 13, "offered-file", "the name of a file that is offered"),
    /** More than is looked at, which may hide anything. */
    UNREAD(1 << 14, "unread", "more than can be looked at");

    private static final Leak[] ALL = values();

    private final int bit;
    private final String word;
    private final String title;

    Leak(int bit, String word, String title) {
        this.bit = bit;
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
        return bit;
    }

    /** The lowest, and so the gravest, leak of the set; null when there is none. */
    public static Leak first(int set) {
        for (Leak leak : ALL) {
            if ((set & leak.bit) != 0) {
                return leak;
            }
        }
        return null;
    }
}
