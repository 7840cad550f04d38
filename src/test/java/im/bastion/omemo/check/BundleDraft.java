// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.check;

import im.bastion.omemo.Stanza;
import im.bastion.omemo.TestBundle;
import im.bastion.omemo.wire.Bundle;
import im.bastion.omemo.wire.FieldNames;
import im.bastion.omemo.wire.OmemoGeneration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.dom4j.Element;

/** A good bundle of device 7, as text, to be spoilt. */
final class BundleDraft {
    /** One prekey. */
    record Key(String id, String base64) {}

    private static final int PRE_KEYS = 100;

    final OmemoGeneration generation;
    final FieldNames names;
    final List<Key> preKeys = new ArrayList<>();
    final byte[] signed;
    String itemId = "7";
    String namespace;
    String identityKey;
    String signedPreKeyId = "1";
    String signedPreKey;
    String signature;

    BundleDraft(OmemoGeneration generation) {
        this(TestBundle.of(generation, 1, PRE_KEYS));
    }

    BundleDraft(Bundle bundle) {
        generation = bundle.generation();
        names = FieldNames.of(generation);
        namespace = generation.namespace();
        signed = bundle.signedPreKey().toArray();
        identityKey = bundle.identityKey().toBase64();
        signedPreKey = bundle.signedPreKey().toBase64();
        signature = bundle.signature().toBase64();
        bundle.preKeys()
                .forEach(key ->
                        preKeys.add(new Key(String.valueOf(key.id()), key.key().toBase64())));
    }

    /** Keeps or makes exactly so many prekeys. */
    void count(int count) {
        Random random = new Random(count);
        while (preKeys.size() > count) {
            preKeys.remove(preKeys.size() - 1);
        }
        while (preKeys.size() < count) {
            preKeys.add(new Key(
                    String.valueOf(preKeys.size() + 1),
                    Base64.getEncoder().encodeToString(TestBundle.point(generation, random))));
        }
    }

    /** Signs the signed prekey, or another message in its place, with a private key that then is the identity's. */
    void sign(byte[] privateKey, byte[] message) {
        signature = base64(
                generation == OmemoGeneration.LEGACY
                        ? TestBundle.xeddsa(privateKey, message)
                        : TestBundle.ed25519(privateKey, message));
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** The item; null parts are left out. */
    Element item() {
        StringBuilder xml = new StringBuilder(
                "<item" + (itemId == null ? "" : " id='" + itemId + "'") + "><bundle xmlns='" + namespace + "'>");
        if (signedPreKey != null) {
            xml.append("<%s %s='%s'>%s</%1$s>"
                    .formatted(names.signedPreKey(), names.signedPreKeyId(), signedPreKeyId, signedPreKey));
        }
        append(xml, names.signature(), signature);
        append(xml, names.identityKey(), identityKey);
        xml.append("<prekeys>");
        preKeys.forEach(key ->
                xml.append("<%s %s='%s'>%s</%1$s>".formatted(names.preKey(), names.preKeyId(), key.id, key.base64)));
        return Stanza.element(xml.append("</prekeys></bundle></item>").toString());
    }

    private static void append(StringBuilder xml, String name, String text) {
        if (text != null) {
            xml.append('<')
                    .append(name)
                    .append('>')
                    .append(text)
                    .append("</")
                    .append(name)
                    .append('>');
        }
    }
}
