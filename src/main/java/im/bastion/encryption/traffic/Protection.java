// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.traffic;

import im.bastion.encryption.message.Shown;
import im.bastion.encryption.scheme.Scheme;

/** How a message was protected, as statistics tell it. */
public enum Protection {
    CLEAR("clear"),
    /** Claims to be encrypted; nothing shows it. */
    HOLLOW("hollow"),
    /** Encrypted, with something readable beside it. */
    PARTLY("partly"),
    OMEMO_LEGACY(Scheme.OMEMO_LEGACY.word()),
    OMEMO_1(Scheme.OMEMO_1.word()),
    OMEMO_2(Scheme.OMEMO_2.word()),
    OX(Scheme.OX.word()),
    OTR(Scheme.OTR.word()),
    PGP(Scheme.PGP.word());

    private final String word;

    Protection(String word) {
        this.word = word;
    }

    /** As it is stored. */
    public String word() {
        return word;
    }

    /** Whether all of the message is encrypted. */
    public boolean isEncrypted() {
        return ordinal() > PARTLY.ordinal();
    }

    /** Of that message; null for one without words, which no share counts. */
    public static Protection of(Shown shown) {
        boolean readable = shown.blocking() != 0;
        if (shown.proven() != 0) {
            return readable
                    ? PARTLY
                    : values()[OMEMO_LEGACY.ordinal() + Scheme.first(shown.proven()).ordinal()];
        }
        if (readable) {
            return shown.negotiating() != 0 ? PARTLY : CLEAR;
        }
        return shown.hollow() != 0 ? HOLLOW : null;
    }
}
