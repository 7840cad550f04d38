// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.check;

import static im.bastion.omemo.check.BundleDraft.base64;
import static im.bastion.omemo.wire.OmemoGeneration.LEGACY;
import static im.bastion.omemo.wire.OmemoGeneration.OMEMO_2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import im.bastion.omemo.TestBundle;
import im.bastion.omemo.check.Judgement.Usability;
import im.bastion.omemo.wire.IdentityKey;
import im.bastion.omemo.wire.KeyBytes;
import im.bastion.omemo.wire.OmemoGeneration;
import im.bastion.omemo.wire.OmemoNode;
import java.util.Base64;
import java.util.Random;
import java.util.function.Consumer;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.dom4j.Element;
import org.junit.jupiter.params.provider.Arguments;

/** Bundles spoilt in one place, and what must be said of them. */
abstract class BundleVerdicts {
    static final byte[] OTHER_IDENTITY = TestBundle.bytes(new Random(99));

    void check(OmemoGeneration generation, Consumer<BundleDraft> spoil, Usability verdict, String check) {
        BundleDraft draft = new BundleDraft(generation);
        spoil.accept(draft);

        Judgement judgement = judge(draft);

        assertThat(judgement.usability()).as("%s", judgement.notes()).isEqualTo(verdict);
        if (!check.isEmpty()) {
            assertThat(judgement.notes())
                    .extracting(note ->
                            note.check().id().value() + " " + note.finding().field())
                    .contains("omemo." + check);
        }
    }

    static Judgement judge(BundleDraft draft) {
        return judge(draft, node(draft.generation), KnownKeys.NONE);
    }

    static Judgement judge(BundleDraft draft, String node, KnownKeys known) {
        return judge(draft.item(), node, known);
    }

    static Judgement judge(Element item, String node, KnownKeys known) {
        return Judgement.of(PublishedItem.of(OmemoNode.of(node), item, known));
    }

    static String node(OmemoGeneration generation) {
        return generation == LEGACY ? "eu.siacs.conversations.axolotl.bundles:7" : "urn:xmpp:omemo:2:bundles";
    }

    static KnownKeys knowing(OmemoGeneration known, KeyBytes key, int other) {
        return new KnownKeys() {
            @Override
            public KeyBytes identityKey(OmemoGeneration generation, int device) {
                return generation == known && device == 7 ? key : null;
            }

            @Override
            public int otherDeviceWith(IdentityKey identity, int device) {
                return other;
            }
        };
    }

    static Arguments line(
            OmemoGeneration generation, String what, Consumer<BundleDraft> spoil, Usability verdict, String check) {
        return arguments(generation, what, spoil, verdict, check);
    }

    static KeyBytes key(String base64) {
        return KeyBytes.of(Base64.getDecoder().decode(base64));
    }

    static void replace(BundleDraft draft, String base64) {
        draft.preKeys.set(0, new BundleDraft.Key("1", base64));
    }

    static void renumber(BundleDraft draft, String id) {
        draft.preKeys.set(0, new BundleDraft.Key(id, draft.preKeys.get(0).base64()));
    }

    static void resign(BundleDraft draft, byte[] message) {
        byte[] identity = TestBundle.bytes(new Random(5));
        identity[0] &= (byte) 0xF8;
        identity[31] = (byte) ((identity[31] & 0x7F) | 0x40);
        draft.identityKey = base64(
                draft.generation == LEGACY
                        ? TestBundle.withType(new X25519PrivateKeyParameters(identity)
                                .generatePublicKey()
                                .getEncoded())
                        : new Ed25519PrivateKeyParameters(identity)
                                .generatePublicKey()
                                .getEncoded());
        draft.sign(identity, message);
    }

    static void montgomery(BundleDraft draft) {
        IdentityKey key = IdentityKey.of(OMEMO_2, key(draft.identityKey));
        draft.identityKey = key.u().toBase64();
    }

    static String retyped(String base64) {
        return xor(base64, 0, 0x01);
    }

    static String bit255(String base64) {
        return xor(base64, Base64.getDecoder().decode(base64).length - 1, 0x80);
    }

    static String xor(String base64, int index, int bits) {
        byte[] bytes = Base64.getDecoder().decode(base64);
        bytes[index] ^= (byte) bits;
        return base64(bytes);
    }

    /** The last character before the padding of 32 bytes carries two bits that are not used. */
    static String unusedBits(String base64) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        int last = base64.length() - 2;
        char odd = alphabet.charAt(alphabet.indexOf(base64.charAt(last)) | 1);
        return base64.substring(0, last) + odd + "=";
    }

    static byte[] forged() {
        byte[] signature = new byte[64];
        signature[0] = 1;
        return signature;
    }
}
