// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.client;

import org.jivesoftware.smack.packet.Nonza;
import org.jivesoftware.smack.packet.XmlEnvironment;

/** Whatever a test wants on the wire, well-formed or not, sent as it is. */
record RawXml(String xml) implements Nonza {
    @Override
    public String getElementName() {
        return "raw";
    }

    @Override
    public String getNamespace() {
        return "";
    }

    @Override
    public CharSequence toXML(XmlEnvironment environment) {
        return xml;
    }
}
