// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.wire;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.dom4j.QName;

/** Any element is read, or refused with the one declared exception; what was read survives being written. */
class OmemoPayloadFuzzTest {
    private static final String[] NAMES = {
        "devices",
        "list",
        "device",
        "bundle",
        "spk",
        "spks",
        "ik",
        "prekeys",
        "pk",
        "signedPreKeyPublic",
        "signedPreKeySignature",
        "identityKey",
        "preKeyPublic",
        "x"
    };
    private static final String[] NAMESPACES = {
        "urn:xmpp:omemo:2", "urn:xmpp:omemo:1", "eu.siacs.conversations.axolotl", "urn:x", ""
    };
    private static final String[] ATTRIBUTES = {"id", "label", "labelsig", "signedPreKeyId", "preKeyId"};
    private static final int MOST_ELEMENTS = 200;

    @FuzzTest(maxDuration = "60s")
    void anyElementIsReadOrRefused(FuzzedDataProvider data) {
        Element root = element(data, data.pickValue(NAMESPACES));
        Element at = root;
        for (int i = 0; i < MOST_ELEMENTS && data.remainingBytes() > 0; i++) {
            Element child = element(data, root.getNamespaceURI());
            at.add(child);
            if (data.consumeBoolean()) {
                at = child;
            } else if (data.consumeBoolean()) {
                at = root;
            }
        }
        try {
            DeviceList list = DeviceList.parse(root);
            require(list.devices().equals(DeviceList.parse(list.toElement()).devices()));
        } catch (OmemoFormatException e) {
            require(e.getMessage() != null);
        }
        try {
            Bundle bundle = Bundle.parse(root);
            require(bundle.preKeys().equals(Bundle.parse(bundle.toElement()).preKeys()));
        } catch (OmemoFormatException e) {
            require(e.getMessage() != null);
        }
    }

    private static Element element(FuzzedDataProvider data, String namespace) {
        Element element = DocumentHelper.createElement(QName.get(data.pickValue(NAMES), namespace));
        int attributes = data.consumeInt(0, 2);
        for (int i = 0; i < attributes; i++) {
            element.addAttribute(
                    data.pickValue(ATTRIBUTES),
                    data.consumeBoolean() ? String.valueOf(data.consumeLong()) : data.consumeAsciiString(12));
        }
        element.setText(data.consumeAsciiString(60));
        return element;
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new AssertionError();
        }
    }
}
