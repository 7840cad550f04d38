// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.scheme;

/** An end-to-end-encryption scheme of XMPP, as policies name it. At most 31: sets of them are bits of an int. */
public enum Scheme {
    /** XEP-0384 0.3. */
    OMEMO_LEGACY(1, "omemo-legacy", "eu.siacs.conversations.axolotl", "OMEMO (legacy)"),
    /** XEP-0384 0.4 to 0.7. */
    OMEMO_1(1 << 1, "omemo-1", "urn:xmpp:omemo:1", "OMEMO 1"),
    /** XEP-0384 0.8 and later. */
    OMEMO_2(1 << 2, "omemo-2", "urn:xmpp:omemo:2", "OMEMO 2"),
    /** XEP-0373 and XEP-0374. */
    OX(1 << 3, "ox", "urn:xmpp:openpgp:0", "OpenPGP (OX)"),
    /** XEP-0364. */
    OTR(1 << 4, "otr", "urn:xmpp:otr:0", "OTR"),
    /** XEP-0027. */
    PGP(1 << 5, "pgp", "jabber:x:encrypted", "OpenPGP (legacy)");

    private static final Scheme[] ALL = values();

    private final int bit;
    private final String word;
    private final String namespace;
    private final String title;

    Scheme(int bit, String word, String namespace, String title) {
        this.bit = bit;
        this.word = word;
        this.namespace = namespace;
        this.title = title;
    }

    /** As it stands in a rule's definition. */
    public String word() {
        return word;
    }

    /** Of its payload; of OTR, which has none, that of XEP-0380. */
    public String namespace() {
        return namespace;
    }

    /** For people. */
    public String title() {
        return title;
    }

    /** Its place in a set of schemes. */
    public int bit() {
        return bit;
    }

    /** The scheme with that namespace, or null. */
    public static Scheme of(String namespace) {
        for (Scheme scheme : ALL) {
            if (scheme.namespace.equals(namespace)) {
                return scheme;
            }
        }
        return null;
    }

    /** The lowest scheme of the set; null when there is none. */
    public static Scheme first(int set) {
        for (Scheme scheme : ALL) {
            if ((set & scheme.bit) != 0) {
                return scheme;
            }
        }
        return null;
    }
}
