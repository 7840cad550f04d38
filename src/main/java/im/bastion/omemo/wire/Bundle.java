// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.wire;

import java.util.ArrayList;
import java.util.List;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;

/**
 * The public keys of one device (XEP-0384 §5.3.2; 0.3.0 §4.3). Lengths, curves and the signature are not checked here:
 * that is for {@code omemo.check}.
 *
 * @param signedPreKeyId 0 to 2^32-1: clients disagree on the range
 * @param signature over the signed prekey, made with the identity key
 * @param preKeys in the order published, at most {@link #MAX_PRE_KEYS}
 * @param oddities what is wrong with prekeys that were left out, without quoting them
 */
public record Bundle(
        OmemoGeneration generation,
        long signedPreKeyId,
        KeyBytes signedPreKey,
        KeyBytes signature,
        KeyBytes identityKey,
        List<PreKey> preKeys,
        List<String> oddities) {
    public static final int MAX_PRE_KEYS = 5_000;
    private static final long MAX_KEY_ID = 0xFFFF_FFFFL;
    private static final int MAX_KEY_ID_DIGITS = 10;

    /**
     * A key for one session.
     *
     * @param id 0 to 2^32-1; nothing here says that no other has the same
     */
    public record PreKey(long id, KeyBytes key) {}

    public Bundle {
        preKeys = List.copyOf(preKeys);
        oddities = List.copyOf(oddities);
    }

    /** A bundle of which nothing was left out. */
    public Bundle(
            OmemoGeneration generation,
            long signedPreKeyId,
            KeyBytes signedPreKey,
            KeyBytes signature,
            KeyBytes identityKey,
            List<PreKey> preKeys) {
        this(generation, signedPreKeyId, signedPreKey, signature, identityKey, preKeys, List.of());
    }

    /** Reads {@code <bundle/>} of any generation. One prekey that cannot be read does not spoil the others. */
    public static Bundle parse(Element payload) throws OmemoFormatException {
        OmemoGeneration generation = OmemoGeneration.ofNamespace(payload.getNamespaceURI());
        if (generation == null || !payload.getName().equals("bundle")) {
            throw new OmemoFormatException("the payload is not a bundle");
        }
        FieldNames names = FieldNames.of(generation);
        Element signedPreKey = only(payload, names, names.signedPreKey());
        Oddities oddities = new Oddities();
        List<PreKey> preKeys = preKeys(only(payload, names, FieldNames.PRE_KEYS), names, oddities);
        return new Bundle(
                generation,
                keyId(signedPreKey, names.signedPreKeyId()),
                KeyBytes.decode(names.signedPreKey(), signedPreKey.getText()),
                key(payload, names, names.signature()),
                key(payload, names, names.identityKey()),
                preKeys,
                oddities.all());
    }

    /** The payload to publish. */
    public Element toElement() {
        FieldNames names = FieldNames.of(generation);
        Element bundle = DocumentHelper.createElement(names.qualified("bundle"));
        bundle.addElement(names.qualified(names.signedPreKey()))
                .addAttribute(names.signedPreKeyId(), String.valueOf(signedPreKeyId))
                .setText(signedPreKey.toBase64());
        bundle.addElement(names.qualified(names.signature())).setText(signature.toBase64());
        bundle.addElement(names.qualified(names.identityKey())).setText(identityKey.toBase64());
        Element list = bundle.addElement(names.qualified(FieldNames.PRE_KEYS));
        preKeys.forEach(preKey -> list.addElement(names.qualified(names.preKey()))
                .addAttribute(names.preKeyId(), String.valueOf(preKey.id()))
                .setText(preKey.key().toBase64()));
        return bundle;
    }

    private static List<PreKey> preKeys(Element list, FieldNames names, Oddities oddities) throws OmemoFormatException {
        List<PreKey> keys = new ArrayList<>();
        int seen = 0;
        for (Element child : list.elements()) {
            if (!names.isNamed(child, names.preKey())) {
                continue;
            }
            if (++seen > MAX_PRE_KEYS) {
                throw new OmemoFormatException(FieldNames.PRE_KEYS + " are more than " + MAX_PRE_KEYS);
            }
            try {
                keys.add(new PreKey(keyId(child, names.preKeyId()), KeyBytes.decode(names.preKey(), child.getText())));
            } catch (OmemoFormatException e) {
                oddities.add(e.getMessage());
            }
        }
        return keys;
    }

    private static KeyBytes key(Element payload, FieldNames names, String name) throws OmemoFormatException {
        return KeyBytes.decode(name, only(payload, names, name).getText());
    }

    private static Element only(Element payload, FieldNames names, String name) throws OmemoFormatException {
        Element found = null;
        for (Element child : payload.elements()) {
            if (names.isNamed(child, name)) {
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
