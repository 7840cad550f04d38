// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.traffic;

import im.bastion.encryption.message.Shown;
import im.bastion.encryption.scheme.Scheme;

/** How a message was protected, as statistics tell it. */
public enum Protection {
    CLEAR("clear", null),
    /** Claims to be encrypted; nothing shows it. */
    HOLLOW("hollow", null),
    /** Encrypted, with something readable beside it. */
    PARTLY("partly", null),
    OMEMO_LEGACY(Scheme.OMEMO_LEGACY.word(), Scheme.OMEMO_LEGACY),
    OMEMO_1(Scheme.OMEMO_1.word(), Scheme.OMEMO_1),
    OMEMO_2(Scheme.OMEMO_2.word(), Scheme.OMEMO_2),
    OX(Scheme.OX.word(), Scheme.OX),
    OTR(Scheme.OTR.word(), Scheme.OTR),
    PGP(Scheme.PGP.word(), Scheme.PGP);

    private final String word;
    private final Scheme scheme;

    Protection(String word, Scheme scheme) {
        this.word = word;
        this.scheme = scheme;
    }

    /** As it is stored. */
    public String word() {
        return word;
    }

    /** Whether all of the message is encrypted. */
    public boolean isEncrypted() {
        return scheme != null;
    }

    /** Of that message; null for one without words, which no share counts. */
    public static Protection of(Shown shown) {
        boolean readable = shown.blocking() != 0;
        if (shown.proven() != 0) {
            return readable ? PARTLY : with(Scheme.first(shown.proven()));
        }
        if (readable) {
            return shown.negotiating() != 0 ? PARTLY : CLEAR;
        }
        return shown.hollow() != 0 ? HOLLOW : null;
    }

    private static Protection with(Scheme scheme) {
        return switch (scheme) {
            case OMEMO_LEGACY -> OMEMO_LEGACY;
            case OMEMO_1 -> OMEMO_1;
            case OMEMO_2 -> OMEMO_2;
            case OX -> OX;
            case OTR -> OTR;
            case PGP -> PGP;
        };
    }
}
