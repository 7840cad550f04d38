// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.scheme;

import org.dom4j.Element;

/**
 * OMEMO of one generation: a header that says which device sent it, a message key for at least one device, each of them
 * base64 of what can hold an encrypted key, and a payload that is base64 (XEP-0384 0.3 §4.5, 0.9 §4.4). Without payload it
 * carries keys alone. Older generations have the keys in the header itself, newer ones one level below.
 */
final class OmemoRecogniser implements SchemeRecogniser {
    /** The smallest Signal message there is: version, ratchet key of 33 bytes, counters, ciphertext, 8 bytes of MAC. */
    private static final int MIN_KEY_BYTES = 40;

    private static final int MAX_ID_DIGITS = 10;

    private final Scheme scheme;

    OmemoRecogniser(Scheme scheme) {
        this.scheme = scheme;
    }

    @Override
    public Scheme scheme() {
        return scheme;
    }

    @Override
    public Proof look(Element child) {
        if (!child.getNamespaceURI().equals(scheme.namespace())
                || !child.getName().equals("encrypted")) {
            return Proof.ABSENT;
        }
        Element header = child.element("header");
        if (header == null || !isId(header.attributeValue("sid"))) {
            return Proof.HOLLOW;
        }
        Keys keys = new Keys();
        keys.count(header, scheme != Scheme.OMEMO_LEGACY);
        if (keys.good == 0 || keys.bad > 0) {
            return Proof.HOLLOW;
        }
        Element payload = child.element("payload");
        if (payload == null) {
            return Proof.NEGOTIATES;
        }
        return Base64Text.is(payload.getText(), 1) ? Proof.PROVEN : Proof.HOLLOW;
    }

    private static boolean isId(String text) {
        if (text == null || text.isEmpty() || text.length() > MAX_ID_DIGITS) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** How many of the message keys can be such. */
    private static final class Keys {
        private int good;
        private int bad;

        void count(Element parent, boolean inGroups) {
            for (int i = 0; i < parent.nodeCount(); i++) {
                if (parent.node(i) instanceof Element element) {
                    if (inGroups && element.getName().equals("keys")) {
                        count(element, false);
                    } else if (!inGroups && element.getName().equals("key")) {
                        look(element);
                    }
                }
            }
        }

        private void look(Element key) {
            if (isId(key.attributeValue("rid")) && Base64Text.is(key.getText(), MIN_KEY_BYTES)) {
                good++;
            } else {
                bad++;
            }
        }
    }
}
