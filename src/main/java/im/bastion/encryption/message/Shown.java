// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.message;

import im.bastion.encryption.leak.Leak;
import im.bastion.encryption.scheme.Scheme;

/**
 * What one message shows to whoever carries it: sets of schemes as bits of {@link Scheme}, of leaks as bits of {@link
 * Leak}.
 *
 * @param proven schemes it is encrypted with, as far as anybody without the keys can tell
 * @param negotiating schemes whose sessions it sets up or whose keys it carries, without words
 * @param hollow schemes it claims to be encrypted with without anything that shows it
 * @param labelled schemes it is said to be encrypted with (XEP-0380), which proves nothing
 * @param leaks what everybody can read
 * @param carrier what the words beside it are the fallback of
 */
public record Shown(int proven, int negotiating, int hollow, int labelled, int leaks, Carrier carrier) {
    /** What a message is that must pass whatever is written beside it. */
    public enum Carrier {
        /** An ordinary message. */
        NONE,
        /** Takes another back (XEP-0424). */
        RETRACTION,
        /** Asks somebody into a room, or declines (XEP-0045 §7.8, XEP-0249). */
        INVITATION
    }

    /** Nothing to read and nothing encrypted. */
    public static final Shown NOTHING = new Shown(0, 0, 0, 0, 0, Carrier.NONE);

    /** Leaks that are seen but must never stop a message. */
    private static final int PASSING = Leak.OFFERED_FILE.bit();

    /** The schemes there is anything of. */
    public int used() {
        return proven | negotiating | hollow;
    }

    /** The leaks that a rule may object to. */
    public int blocking() {
        return leaks & ~PASSING;
    }

    /**
     * Whether it says anything or is of any scheme: else it is control traffic (receipts, chat states, markers, calls,
     * events, forms), which no rule is for.
     */
    public boolean isConversation() {
        return used() != 0 || blocking() != 0;
    }

    /** Whether its label (XEP-0380) names another scheme than there is. */
    public boolean isMislabelled() {
        return (labelled & ~used()) != 0;
    }
}
