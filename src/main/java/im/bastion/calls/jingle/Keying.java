// SPDX-License-Identifier: Apache-2.0
package im.bastion.calls.jingle;

import java.util.Locale;
import java.util.Set;
import org.dom4j.Element;

/**
 * How one side of a content says its media are to be encrypted.
 *
 * @param strong a certificate's fingerprint by a hash that RFC 8122 §5 recommends (DTLS-SRTP, XEP-0320)
 * @param verified such a fingerprint, encrypted with OMEMO, so that no server can change it
 * @param weak a fingerprint by any other hash
 * @param visibleKeys SRTP keys that every server on the way reads (XEP-0167 §7)
 */
public record Keying(boolean strong, boolean verified, boolean weak, boolean visibleKeys) {
    /** Nothing is said about encryption. */
    public static final Keying NONE = new Keying(false, false, false, false);

    static final String DTLS = "urn:xmpp:jingle:apps:dtls:0";
    /** "dlts" is how the clients write it. */
    static final String OMEMO_DTLS = "http://gultsch.de/xmpp/drafts/omemo/dlts-srtp-verification";

    private static final String ICE = "urn:xmpp:jingle:transports:";
    private static final Set<String> STRONG = Set.of("sha-224", "sha-256", "sha-384", "sha-512");

    /** What a content's description and transports say; either may be missing. */
    static Keying read(Element content) {
        Keying keying = NONE;
        for (Element child : content.elements()) {
            if (child.getNamespaceURI().startsWith(ICE)) {
                for (Element each : child.elements("fingerprint")) {
                    keying = keying.plus(fingerprint(each));
                }
            } else if (child.getName().equals("description") && hasKeys(child)) {
                keying = keying.plus(new Keying(false, false, false, true));
            }
        }
        return keying;
    }

    private static Keying fingerprint(Element fingerprint) {
        String hash = fingerprint.attributeValue("hash");
        boolean known = hash != null && STRONG.contains(hash.toLowerCase(Locale.ROOT));
        return switch (fingerprint.getNamespaceURI()) {
            case DTLS -> fingerprint.getTextTrim().isEmpty() ? NONE : new Keying(known, false, !known, false);
            case OMEMO_DTLS -> {
                boolean sealed = fingerprint.element("encrypted") != null;
                boolean strong = hash == null || known;
                yield sealed ? new Keying(strong, strong, !strong, false) : NONE;
            }
            default -> NONE;
        };
    }

    private static boolean hasKeys(Element description) {
        Element encryption = description.element("encryption");
        return encryption != null && encryption.element("crypto") != null;
    }

    /** Both. */
    public Keying plus(Keying other) {
        return new Keying(
                strong || other.strong,
                verified || other.verified,
                weak || other.weak,
                visibleKeys || other.visibleKeys);
    }

    /** Whether a fingerprint of any kind is among it. */
    public boolean hasFingerprint() {
        return strong || weak;
    }

    /** Its fingerprints alone. */
    Keying fingerprints() {
        return new Keying(strong, verified, weak, false);
    }
}
