// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.check;

import static im.bastion.omemo.check.BundleDraft.base64;
import static im.bastion.omemo.check.Judgement.Usability.OK;
import static im.bastion.omemo.check.Judgement.Usability.UNUSABLE;
import static im.bastion.omemo.check.Judgement.Usability.WARN;
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
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.dom4j.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a bundle must be for clients, one bad input a line, each with its verdict and the check and field that say so. */
class BundleVerdictsTest {
    private static final byte[] OTHER_IDENTITY = TestBundle.bytes(new Random(99));

    @ParameterizedTest
    @EnumSource(names = {"LEGACY", "OMEMO_2"})
    void aGoodBundleHasNothingToBeSaidOf(OmemoGeneration generation) {
        assertThat(judge(new BundleDraft(generation)).notes()).isEmpty();
    }

    @ParameterizedTest(name = "{0} {1}: {3}")
    @MethodSource({"shape", "keys", "base64Forms", "signatures", "preKeys", "ids"})
    void everyBadInputGetsItsVerdict(
            OmemoGeneration generation, String what, Consumer<BundleDraft> spoil, Usability verdict, String check) {
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

    static Stream<Arguments> shape() {
        return Stream.of(
                line(LEGACY, "no ik", d -> d.identityKey = null, UNUSABLE, "readable-payload item"),
                line(OMEMO_2, "no ik", d -> d.identityKey = null, UNUSABLE, "readable-payload item"),
                line(OMEMO_2, "no spk", d -> d.signedPreKey = null, UNUSABLE, "readable-payload item"),
                line(OMEMO_2, "no spks", d -> d.signature = null, UNUSABLE, "readable-payload item"),
                line(
                        OMEMO_2,
                        "legacy namespace",
                        d -> d.namespace = LEGACY.namespace(),
                        UNUSABLE,
                        "readable-payload item"),
                line(
                        LEGACY,
                        "new namespace",
                        d -> d.namespace = OMEMO_2.namespace(),
                        UNUSABLE,
                        "readable-payload item"),
                line(OMEMO_2, "5,001 prekeys", d -> d.count(5_001), UNUSABLE, "readable-payload item"));
    }

    static Stream<Arguments> keys() {
        Stream.Builder<Arguments> lines = Stream.builder();
        for (OmemoGeneration generation : new OmemoGeneration[] {LEGACY, OMEMO_2}) {
            for (int length : new int[] {0, 31, 32, 33, 34, 64}) {
                if (length != generation.keyBytes()) {
                    String text = base64(new byte[length]);
                    String ik = generation == LEGACY ? "identityKey" : "ik";
                    String spk = generation == LEGACY ? "signedPreKeyPublic" : "spk";
                    String pk = generation == LEGACY ? "preKeyPublic" : "pk";
                    lines.add(
                            line(generation, length + " ik", d -> d.identityKey = text, UNUSABLE, "key-length " + ik));
                    lines.add(line(
                            generation, length + " spk", d -> d.signedPreKey = text, UNUSABLE, "key-length " + spk));
                    lines.add(line(generation, length + " pk", d -> replace(d, text), WARN, "prekey-form " + pk));
                }
            }
        }
        for (String u : new String[] {
            "00".repeat(32),
            "01" + "00".repeat(31),
            "ec" + "ff".repeat(30) + "7f",
            "ed" + "ff".repeat(30) + "7f",
            "ee" + "ff".repeat(30) + "7f",
            "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
            "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"
        }) {
            byte[] point = HexFormat.of().parseHex(u);
            String legacy = base64(TestBundle.withType(point));
            lines.add(line(LEGACY, "ik " + u, d -> d.identityKey = legacy, UNUSABLE, "weak-key identityKey"));
            lines.add(line(LEGACY, "spk " + u, d -> d.signedPreKey = legacy, UNUSABLE, "weak-key signedPreKeyPublic"));
            lines.add(line(LEGACY, "pk " + u, d -> replace(d, legacy), WARN, "prekey-form preKeyPublic"));
            lines.add(line(OMEMO_2, "spk " + u, d -> d.signedPreKey = base64(point), UNUSABLE, "weak-key spk"));
            lines.add(line(OMEMO_2, "pk " + u, d -> replace(d, base64(point)), WARN, "prekey-form pk"));
        }
        return lines.add(line(
                        LEGACY,
                        "type byte of ik",
                        d -> d.identityKey = retyped(d.identityKey),
                        UNUSABLE,
                        "key-type identityKey"))
                .add(line(
                        LEGACY,
                        "type byte of spk",
                        d -> d.signedPreKey = retyped(d.signedPreKey),
                        UNUSABLE,
                        "key-type signedPreKeyPublic"))
                .add(line(
                        LEGACY,
                        "type byte of pk",
                        d -> replace(d, retyped(d.preKeys.get(0).base64())),
                        WARN,
                        "prekey-form preKeyPublic"))
                .add(line(
                        OMEMO_2,
                        "ik that is no point",
                        d -> d.identityKey = base64(HexFormat.of().parseHex("02" + "00".repeat(31))),
                        UNUSABLE,
                        "identity-key-on-curve ik"))
                .add(line(
                        OMEMO_2,
                        "ik y = 1",
                        d -> d.identityKey = base64(HexFormat.of().parseHex("01" + "00".repeat(31))),
                        UNUSABLE,
                        "identity-key-on-curve ik"))
                .add(line(
                        OMEMO_2,
                        "ik y = -1",
                        d -> d.identityKey = base64(HexFormat.of().parseHex("ec" + "ff".repeat(30) + "7f")),
                        UNUSABLE,
                        "weak-key ik"))
                .add(line(OMEMO_2, "Montgomery ik", BundleVerdictsTest::montgomery, UNUSABLE, ""))
                .add(line(
                        LEGACY,
                        "ik with bit 255",
                        d -> d.identityKey = bit255(d.identityKey),
                        WARN,
                        "canonical-point identityKey"))
                .add(line(
                        LEGACY,
                        "pk with bit 255",
                        d -> replace(d, bit255(d.preKeys.get(0).base64())),
                        WARN,
                        "canonical-point preKeyPublic"))
                .add(line(
                        OMEMO_2,
                        "pk with bit 255",
                        d -> replace(d, bit255(d.preKeys.get(0).base64())),
                        WARN,
                        "canonical-point pk"))
                .build();
    }

    static Stream<Arguments> base64Forms() {
        return Stream.of(
                line(
                        LEGACY,
                        "line breaks, as Conversations sends them",
                        d -> d.identityKey = " \n" + d.identityKey.replaceAll("(.{20})", "$1\r\n\t"),
                        OK,
                        ""),
                line(OMEMO_2, "spaces", d -> d.signature = d.signature.replaceAll("(.{20})", "$1 "), OK, ""),
                line(
                        OMEMO_2,
                        "no padding",
                        d -> d.identityKey = d.identityKey.replace("=", ""),
                        WARN,
                        "canonical-base64 ik"),
                line(
                        OMEMO_2,
                        "no padding in spks",
                        d -> d.signature = d.signature.replace("=", ""),
                        WARN,
                        "canonical-base64 spks"),
                line(
                        OMEMO_2,
                        "bits that stand for nothing",
                        d -> d.identityKey = unusedBits(d.identityKey),
                        WARN,
                        "canonical-base64 ik"),
                line(
                        OMEMO_2,
                        "url-safe",
                        d -> d.identityKey = "-_" + d.identityKey.substring(2),
                        UNUSABLE,
                        "readable-payload item"),
                line(OMEMO_2, "junk behind", d -> d.identityKey += "junk", UNUSABLE, "readable-payload item"),
                line(
                        OMEMO_2,
                        "a megabyte",
                        d -> d.identityKey = "A".repeat(1_000_000),
                        UNUSABLE,
                        "readable-payload item"),
                line(OMEMO_2, "a prekey that is none", d -> replace(d, "-_-_"), WARN, "prekey-form pk"),
                line(
                        OMEMO_2,
                        "a prekey of a megabyte",
                        d -> replace(d, "A".repeat(1_000_000)),
                        WARN,
                        "prekey-form pk"));
    }

    static Stream<Arguments> signatures() {
        Stream.Builder<Arguments> lines = Stream.builder();
        for (int at = 0; at < 64; at++) {
            int index = at;
            lines.add(line(
                    LEGACY,
                    "bit in byte " + at,
                    d -> d.signature = xor(d.signature, index, 0x04),
                    UNUSABLE,
                    "signed-prekey-signature signedPreKeySignature"));
            lines.add(line(
                    OMEMO_2,
                    "bit in byte " + at,
                    d -> d.signature = xor(d.signature, index, 0x04),
                    UNUSABLE,
                    "signed-prekey-signature spks"));
        }
        byte[] sixtyThree = new byte[63];
        return lines.add(line(OMEMO_2, "63 bytes", d -> d.signature = base64(sixtyThree), UNUSABLE, "key-length spks"))
                .add(line(
                        LEGACY,
                        "65 bytes",
                        d -> d.signature = base64(new byte[65]),
                        UNUSABLE,
                        "key-length signedPreKeySignature"))
                .add(line(
                        LEGACY,
                        "sign bit",
                        d -> d.signature = xor(d.signature, 63, 0x80),
                        UNUSABLE,
                        "signed-prekey-signature signedPreKeySignature"))
                .add(line(
                        OMEMO_2,
                        "sign bit",
                        d -> d.signature = xor(d.signature, 63, 0x80),
                        UNUSABLE,
                        "signed-prekey-signature spks"))
                .add(line(
                        LEGACY,
                        "0x60",
                        d -> d.signature = xor(d.signature, 63, 0x60),
                        UNUSABLE,
                        "signed-prekey-signature signedPreKeySignature"))
                .add(line(
                        LEGACY,
                        "by another key",
                        d -> d.sign(OTHER_IDENTITY, d.signed),
                        UNUSABLE,
                        "signed-prekey-signature signedPreKeySignature"))
                .add(line(
                        OMEMO_2,
                        "by another key",
                        d -> d.sign(OTHER_IDENTITY, d.signed),
                        UNUSABLE,
                        "signed-prekey-signature spks"))
                .add(line(
                        LEGACY,
                        "over 32 bytes",
                        d -> resign(d, Arrays.copyOfRange(d.signed, 1, 33)),
                        UNUSABLE,
                        "signed-prekey-signature signedPreKeySignature"))
                .add(line(LEGACY, "over 33 bytes", d -> resign(d, d.signed), OK, ""))
                .add(line(
                        OMEMO_2,
                        "over 33 bytes",
                        d -> resign(d, TestBundle.withType(d.signed)),
                        UNUSABLE,
                        "signed-prekey-signature spks"))
                .add(line(OMEMO_2, "over 32 bytes", d -> resign(d, d.signed), OK, ""))
                .add(line(
                        LEGACY,
                        "R = 1, S = 0",
                        d -> d.signature = base64(forged()),
                        UNUSABLE,
                        "signed-prekey-signature signedPreKeySignature"))
                .build();
    }

    static Stream<Arguments> preKeys() {
        return Stream.of(
                line(LEGACY, "0 prekeys", d -> d.count(0), UNUSABLE, "usable-prekey prekeys"),
                line(OMEMO_2, "0 prekeys", d -> d.count(0), UNUSABLE, "usable-prekey prekeys"),
                line(LEGACY, "1 prekey", d -> d.count(1), WARN, "prekey-count prekeys"),
                line(LEGACY, "19 prekeys", d -> d.count(19), WARN, "prekey-count prekeys"),
                line(LEGACY, "20 prekeys", d -> d.count(20), OK, ""),
                line(OMEMO_2, "24 prekeys", d -> d.count(24), WARN, "prekey-count prekeys"),
                line(OMEMO_2, "25 prekeys", d -> d.count(25), OK, ""),
                line(OMEMO_2, "99 prekeys", d -> d.count(99), OK, ""),
                line(OMEMO_2, "101 prekeys", d -> d.count(101), OK, ""),
                line(OMEMO_2, "5,000 prekeys", d -> d.count(5_000), OK, ""),
                line(
                        OMEMO_2,
                        "all of them bad",
                        d -> d.preKeys.replaceAll(k -> new BundleDraft.Key(k.id(), base64(new byte[31]))),
                        UNUSABLE,
                        "usable-prekey prekeys"),
                line(
                        OMEMO_2,
                        "same id twice",
                        d -> d.preKeys.set(
                                1, new BundleDraft.Key("1", d.preKeys.get(1).base64())),
                        WARN,
                        "distinct-prekeys id"),
                line(
                        OMEMO_2,
                        "same key twice",
                        d -> d.preKeys.set(
                                1, new BundleDraft.Key("2", d.preKeys.get(0).base64())),
                        WARN,
                        "distinct-prekeys pk"),
                line(OMEMO_2, "pk = spk", d -> replace(d, d.signedPreKey), WARN, "distinct-prekeys pk"));
    }

    static Stream<Arguments> ids() {
        return Stream.of(
                line(
                        LEGACY,
                        "prekey 0, as Converse publishes it",
                        d -> renumber(d, "0"),
                        WARN,
                        "prekey-id-range preKeyId"),
                line(OMEMO_2, "prekey 0, as Converse publishes it", d -> renumber(d, "0"), WARN, "prekey-id-range id"),
                line(LEGACY, "prekey 2^24-1", d -> renumber(d, "16777215"), OK, ""),
                line(LEGACY, "prekey 2^24", d -> renumber(d, "16777216"), WARN, "prekey-id-range preKeyId"),
                line(OMEMO_2, "prekey 2^24", d -> renumber(d, "16777216"), OK, ""),
                line(OMEMO_2, "prekey 2^31-1", d -> renumber(d, "2147483647"), OK, ""),
                line(OMEMO_2, "prekey 2^31", d -> renumber(d, "2147483648"), WARN, "prekey-id-range id"),
                line(OMEMO_2, "prekey -1", d -> renumber(d, "-1"), WARN, "prekey-form pk"),
                line(OMEMO_2, "prekey in other digits", d -> renumber(d, "١٢"), WARN, "prekey-form pk"),
                line(OMEMO_2, "spk 0", d -> d.signedPreKeyId = "0", WARN, "prekey-id-range id"),
                line(OMEMO_2, "spk without number", d -> d.signedPreKeyId = "", UNUSABLE, "readable-payload item"),
                line(OMEMO_2, "item current", d -> d.itemId = "current", UNUSABLE, "bundle-item-id-is-device-id item"),
                line(OMEMO_2, "item without id", d -> d.itemId = null, UNUSABLE, "bundle-item-id-is-device-id item"),
                line(OMEMO_2, "item 0", d -> d.itemId = "0", WARN, "device-id-range item"),
                line(OMEMO_2, "item -1", d -> d.itemId = "-1", WARN, "device-id-range item"),
                line(OMEMO_2, "item 2147483648", d -> d.itemId = "2147483648", WARN, "device-id-range item"),
                line(OMEMO_2, "item 007", d -> d.itemId = "007", WARN, "device-id-range item"));
    }

    @Test
    void theNodeOfALegacyBundleEndsInItsDevicesId() {
        BundleDraft draft = new BundleDraft(LEGACY);

        assertThat(judge(draft, "eu.siacs.conversations.axolotl.bundles:abc", KnownKeys.NONE)
                        .usability())
                .isEqualTo(UNUSABLE);
        assertThat(judge(draft, "eu.siacs.conversations.axolotl.bundles:-1", KnownKeys.NONE)
                        .usability())
                .isEqualTo(WARN);
    }

    @Test
    void twoPayloadsOrNoneAreUnusable() {
        Element two = new BundleDraft(OMEMO_2).item();
        two.addElement("more");
        Element none = new BundleDraft(OMEMO_2).item();
        none.clearContent();

        for (Element item : new Element[] {two, none}) {
            assertThat(judge(item, "urn:xmpp:omemo:2:bundles", KnownKeys.NONE).first(im.bastion.policy.Severity.ERROR))
                    .extracting(note -> note.check().id().value())
                    .isEqualTo("omemo.one-payload");
        }
    }

    @Test
    void aDeviceHasTheSameIdentityInBothGenerations() {
        BundleDraft draft = new BundleDraft(OMEMO_2);
        IdentityKey same = IdentityKey.of(OMEMO_2, key(draft.identityKey));

        assertThat(judge(
                                draft,
                                node(OMEMO_2),
                                knowing(
                                        LEGACY,
                                        KeyBytes.of(TestBundle.withType(same.u().toArray())),
                                        0))
                        .notes())
                .isEmpty();
        assertThat(judge(
                                draft,
                                node(OMEMO_2),
                                knowing(LEGACY, key(new BundleDraft(TestBundle.of(LEGACY, 5, 25)).identityKey), 0))
                        .notes())
                .extracting(note -> note.check().id().value())
                .containsExactly("omemo.same-identity-in-both-generations");
    }

    @Test
    void anotherIdentityUnderTheSameIdIsNoted() {
        BundleDraft draft = new BundleDraft(OMEMO_2);
        KeyBytes other = key(new BundleDraft(TestBundle.of(OMEMO_2, 5, 25)).identityKey);

        assertThat(judge(draft, node(OMEMO_2), knowing(OMEMO_2, key(draft.identityKey), 0))
                        .notes())
                .isEmpty();
        assertThat(judge(draft, node(OMEMO_2), knowing(OMEMO_2, other, 0)).notes())
                .extracting(note -> note.check().id().value())
                .containsExactly("omemo.identity-unchanged");
    }

    @Test
    void theSameIdentityUnderTwoIdsIsNoted() {
        assertThat(judge(new BundleDraft(LEGACY), node(LEGACY), knowing(OMEMO_2, null, 8))
                        .notes())
                .extracting(note -> note.finding().toString())
                .containsExactly("identityKey is the key of device 8, too");
    }

    @Test
    void everyCheckHasAnIdOfItsOwn() {
        assertThat(PublishChecks.ALL).extracting(PublishCheck::id).doesNotHaveDuplicates();
    }

    private static Judgement judge(BundleDraft draft) {
        return judge(draft, node(draft.generation), KnownKeys.NONE);
    }

    private static Judgement judge(BundleDraft draft, String node, KnownKeys known) {
        return judge(draft.item(), node, known);
    }

    private static Judgement judge(Element item, String node, KnownKeys known) {
        return Judgement.of(PublishedItem.of(OmemoNode.of(node), item, known));
    }

    private static String node(OmemoGeneration generation) {
        return generation == LEGACY ? "eu.siacs.conversations.axolotl.bundles:7" : "urn:xmpp:omemo:2:bundles";
    }

    private static KnownKeys knowing(OmemoGeneration known, KeyBytes key, int other) {
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

    private static Arguments line(
            OmemoGeneration generation, String what, Consumer<BundleDraft> spoil, Usability verdict, String check) {
        return arguments(generation, what, spoil, verdict, check);
    }

    private static KeyBytes key(String base64) {
        return KeyBytes.of(Base64.getDecoder().decode(base64));
    }

    private static void replace(BundleDraft draft, String base64) {
        draft.preKeys.set(0, new BundleDraft.Key("1", base64));
    }

    private static void renumber(BundleDraft draft, String id) {
        draft.preKeys.set(0, new BundleDraft.Key(id, draft.preKeys.get(0).base64()));
    }

    private static void resign(BundleDraft draft, byte[] message) {
        byte[] identity = TestBundle.bytes(new Random(5));
        identity[0] &= (byte) 0xF8;
        identity[31] = (byte) ((identity[31] & 0x7F) | 0x40);
        draft.identityKey = base64(
                draft.generation == LEGACY
                        ? TestBundle.withType(new org.bouncycastle.crypto.params.X25519PrivateKeyParameters(identity)
                                .generatePublicKey()
                                .getEncoded())
                        : new org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters(identity)
                                .generatePublicKey()
                                .getEncoded());
        draft.sign(identity, message);
    }

    private static void montgomery(BundleDraft draft) {
        IdentityKey key = IdentityKey.of(OMEMO_2, key(draft.identityKey));
        draft.identityKey = key.u().toBase64();
    }

    private static String retyped(String base64) {
        return xor(base64, 0, 0x01);
    }

    private static String bit255(String base64) {
        return xor(base64, Base64.getDecoder().decode(base64).length - 1, 0x80);
    }

    private static String xor(String base64, int index, int bits) {
        byte[] bytes = Base64.getDecoder().decode(base64);
        bytes[index] ^= (byte) bits;
        return base64(bytes);
    }

    /** The last character before the padding of 32 bytes carries two bits that are not used. */
    private static String unusedBits(String base64) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        int last = base64.length() - 2;
        char odd = alphabet.charAt(alphabet.indexOf(base64.charAt(last)) | 1);
        return base64.substring(0, last) + odd + "=";
    }

    private static byte[] forged() {
        byte[] signature = new byte[64];
        signature[0] = 1;
        return signature;
    }
}
