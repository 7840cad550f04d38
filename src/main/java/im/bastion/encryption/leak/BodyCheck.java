// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.leak;

import im.bastion.encryption.scheme.OtrRecogniser;
import im.bastion.encryption.scheme.OwnChild;
import im.bastion.encryption.scheme.Proof;
import org.dom4j.Element;

/** A body that says something: neither blank, nor OTR, nor, beside an encrypted message, a known notice. */
final class BodyCheck implements LeakCheck {
    private static final OtrRecogniser OTR = new OtrRecogniser();

    @Override
    public Leak leak() {
        return Leak.BODY;
    }

    @Override
    public boolean shows(Element message, Element child, boolean encrypted) {
        if (!OwnChild.is(child, "body")) {
            return false;
        }
        String body = child.getText();
        if (body.isBlank() || (encrypted && Notices.isOfEncryption(body))) {
            return false;
        }
        return OTR.look(child) == Proof.ABSENT;
    }
}
