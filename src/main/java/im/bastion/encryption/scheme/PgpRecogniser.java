// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.scheme;

import org.dom4j.Element;

/** Legacy OpenPGP (XEP-0027 §3.2): the armour's base64 without its head and tail, with or without its check sum. */
final class PgpRecogniser implements SchemeRecogniser {
    private static final int CHECKSUM_LETTERS = 4;

    @Override
    public Scheme scheme() {
        return Scheme.PGP;
    }

    @Override
    public Proof look(Element child) {
        if (!child.getNamespaceURI().equals(Scheme.PGP.namespace())
                || !child.getName().equals("x")) {
            return Proof.ABSENT;
        }
        byte[] message = Base64Text.decode(withoutChecksum(child.getText().strip()));
        return message == null ? Proof.HOLLOW : OpenPgpPackets.look(message);
    }

    /** RFC 9580 §6.1: the last line may be an equals sign and four letters. */
    private static String withoutChecksum(String armour) {
        int line = armour.lastIndexOf('\n') + 1;
        boolean checksum = line > 0 && armour.length() - line == 1 + CHECKSUM_LETTERS && armour.charAt(line) == '=';
        return checksum ? armour.substring(0, line) : armour;
    }
}
