// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.event;

import java.util.List;

/**
 * What can be said of an event without judging its words: what limits weigh, and all that is left of an encrypted one.
 *
 * @param bytes an estimate of the stanza's size in UTF-16 units
 * @param chars visible characters of what is told: body, subject, status, reason
 * @param lines of these
 * @param letters of these that have case
 * @param capitals of these
 * @param links in bodies, subjects, status, names and out-of-band data, each once, at most 64
 * @param mentions people mentioned: references (XEP-0372) and words with an at sign, at most 1,000
 * @param media addresses of out-of-band data, stateless files and {@code aesgcm} links, at most 64
 * @param encryption the namespace of its encryption (OMEMO, OpenPGP, OTR), or empty: then the words are not known
 * @param corrects the id of the message this one replaces (XEP-0308), or empty
 * @param reactions how many emoji it reacts with (XEP-0444); these are texts as well
 */
public record Shape(
        int bytes,
        int chars,
        int lines,
        int letters,
        int capitals,
        List<Link> links,
        int mentions,
        List<Link> media,
        String encryption,
        String corrects,
        int reactions) {
    /** Nothing to see. */
    public static final Shape EMPTY = new Shape(0, 0, 0, 0, 0, List.of(), 0, List.of(), "", "", 0);

    /** Whether the words are hidden from the server. */
    public boolean isEncrypted() {
        return !encryption.isEmpty();
    }
}
