// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.wire;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;

/**
 * The public keys of one device (XEP-0384 §5.3.2; 0.3.0 §4.3). Lengths, curves and the signature are not checked here:
 * that is for {@code omemo.check}.
 *
 * @param signedPreKeyId 0 to 2^32-1: clients disagree on the range
 * @param signature over the signed prekey, made with the identity key
 * @param preKeys by id, in the order published, at most {@link #MAX_PRE_KEYS}
 */
public record Bundle(
        OmemoGeneration generation,
        long signedPreKeyId,
        KeyBytes signedPreKey,
        KeyBytes signature,
        KeyBytes identityKey,
        Map<Long, KeyBytes> preKeys) {
    public static final int MAX_PRE_KEYS = 5_000;
    private static final long MAX_KEY_ID = 0xFFFF_FFFFL;
    private static final int MAX_KEY_ID_DIGITS = 10;

    public Bundle {
        preKeys = Collections.unmodifiableMap(new LinkedHashMap<>(preKeys));
    }

    /** Reads {@code <bundle/>} of any generation. */
    public static Bundle parse(Element payload) throws OmemoFormatException {
        OmemoGeneration generation = OmemoGeneration.ofNamespace(payload.getNamespaceURI());
        if (generation == null || !payload.getName().equals("bundle")) {
            throw new OmemoFormatException("the payload is not a bundle");
        }
        Names names = Names.of(generation);
        Element signedPreKey = only(payload, names.signedPreKey());
        return new Bundle(
                generation,
                keyId(signedPreKey, names.signedPreKeyId()),
                KeyBytes.decode(names.signedPreKey(), signedPreKey.getText()),
                key(payload, names.signature()),
                key(payload, names.identityKey()),
                preKeys(only(payload, "prekeys"), names));
    }

    /** The payload to publish. */
    public Element toElement() {
        Names names = Names.of(generation);
        Element bundle = DocumentHelper.createElement(names.qualified("bundle"));
        bundle.addElement(names.qualified(names.signedPreKey()))
                .addAttribute(names.signedPreKeyId(), String.valueOf(signedPreKeyId))
                .setText(signedPreKey.toBase64());
        bundle.addElement(names.qualified(names.signature())).setText(signature.toBase64());
        bundle.addElement(names.qualified(names.identityKey())).setText(identityKey.toBase64());
        Element list = bundle.addElement(names.qualified("prekeys"));
        preKeys.forEach((id, key) -> list.addElement(names.qualified(names.preKey()))
                .addAttribute(names.preKeyId(), String.valueOf(id))
                .setText(key.toBase64()));
        return bundle;
    }

    private static Map<Long, KeyBytes> preKeys(Element list, Names names) throws OmemoFormatException {
        Map<Long, KeyBytes> keys = new LinkedHashMap<>();
        for (Element child : list.elements()) {
            if (!child.getName().equals(names.preKey())) {
                continue;
            }
            long id = keyId(child, names.preKeyId());
            if (keys.put(id, KeyBytes.decode(names.preKey(), child.getText())) != null) {
                throw new OmemoFormatException("the prekey id " + id + " occurs twice");
            }
            if (keys.size() > MAX_PRE_KEYS) {
                throw new OmemoFormatException("more than " + MAX_PRE_KEYS + " prekeys");
            }
        }
        return keys;
    }

    private static KeyBytes key(Element payload, String name) throws OmemoFormatException {
        return KeyBytes.decode(name, only(payload, name).getText());
    }

    private static Element only(Element payload, String name) throws OmemoFormatException {
        Element found = null;
        for (Element child : payload.elements()) {
            if (child.getName().equals(name)) {
                if (found != null) {
                    throw new OmemoFormatException(name + " occurs twice");
                }
                found = child;
            }
        }
        if (found == null) {
            throw new OmemoFormatException(name + " is missing");
        }
        return found;
    }

    private static long keyId(Element element, String attribute) throws OmemoFormatException {
        String text = element.attributeValue(attribute, "");
        boolean digits = !text.isEmpty()
                && text.length() <= MAX_KEY_ID_DIGITS
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits || Long.parseLong(text) > MAX_KEY_ID) {
            throw new OmemoFormatException(attribute + " of " + element.getName() + " is not a number in range");
        }
        return Long.parseLong(text);
    }
}
