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
import im.bastion.omemo.wire.IdentityKey;
import im.bastion.omemo.wire.KeyBytes;
import im.bastion.omemo.wire.OmemoGeneration;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The signature, prekeys and ids of a bundle, and what the account had before, one bad input a line. */
class BundleContentVerdictsTest extends BundleVerdicts {
    @ParameterizedTest(name = "{0} {1}: {3}")
    @MethodSource({"signatures", "preKeys", "ids"})
    void everyBadInputGetsItsVerdict(
            OmemoGeneration generation, String what, Consumer<BundleDraft> spoil, Usability verdict, String check) {
        check(generation, spoil, verdict, check);
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
}
