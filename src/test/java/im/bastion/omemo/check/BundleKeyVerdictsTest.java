// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.check;

import static im.bastion.omemo.check.BundleDraft.base64;
import static im.bastion.omemo.check.Judgement.Usability.OK;
import static im.bastion.omemo.check.Judgement.Usability.UNUSABLE;
import static im.bastion.omemo.check.Judgement.Usability.WARN;
import static im.bastion.omemo.wire.OmemoGeneration.LEGACY;
import static im.bastion.omemo.wire.OmemoGeneration.OMEMO_2;
import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.omemo.TestBundle;
import im.bastion.omemo.check.Judgement.Usability;
import im.bastion.omemo.wire.OmemoGeneration;
import im.bastion.policy.Severity;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.dom4j.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The shape of a bundle and its keys, one bad input a line. */
class BundleKeyVerdictsTest extends BundleVerdicts {
    @ParameterizedTest(name = "{0} {1}: {3}")
    @MethodSource({"shape", "keys", "base64Forms"})
    void everyBadInputGetsItsVerdict(
            OmemoGeneration generation, String what, Consumer<BundleDraft> spoil, Usability verdict, String check) {
        check(generation, spoil, verdict, check);
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
                .add(line(OMEMO_2, "Montgomery ik", BundleVerdicts::montgomery, UNUSABLE, ""))
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

    @ParameterizedTest
    @EnumSource(names = {"LEGACY", "OMEMO_2"})
    void aGoodBundleHasNothingToBeSaidOf(OmemoGeneration generation) {
        assertThat(judge(new BundleDraft(generation)).notes()).isEmpty();
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
            assertThat(judge(item, "urn:xmpp:omemo:2:bundles", KnownKeys.NONE).first(Severity.ERROR))
                    .extracting(note -> note.check().id().value())
                    .isEqualTo("omemo.one-payload");
        }
    }
}
