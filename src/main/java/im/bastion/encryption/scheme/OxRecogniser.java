// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.scheme;

import org.dom4j.Element;

/** OpenPGP for XMPP (XEP-0373 §3.1): what is signed and encrypted, or encrypted alone; {@code <sign/>} anybody reads. */
final class OxRecogniser implements SchemeRecogniser {
    @Override
    public Scheme scheme() {
        return Scheme.OX;
    }

    @Override
    public Proof look(Element child) {
        if (!child.getNamespaceURI().equals(Scheme.OX.namespace())
                || !child.getName().equals("openpgp")) {
            return Proof.ABSENT;
        }
        byte[] message = Base64Text.decode(child.getText());
        return message == null ? Proof.HOLLOW : OpenPgpPackets.look(message);
    }
}
