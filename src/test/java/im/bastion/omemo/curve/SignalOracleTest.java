// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.curve;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.omemo.TestBundle;
import im.bastion.omemo.check.Judgement;
import im.bastion.omemo.check.KnownKeys;
import im.bastion.omemo.check.PublishedItem;
import im.bastion.omemo.wire.Bundle;
import im.bastion.omemo.wire.KeyBytes;
import im.bastion.omemo.wire.OmemoGeneration;
import im.bastion.omemo.wire.OmemoNode;
import java.util.Random;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.whispersystems.libsignal.InvalidKeyException;
import org.whispersystems.libsignal.ecc.Curve;

/** Bundles, good and tampered with, get the verdict that the library of the clients gives their signature. */
class SignalOracleTest {
    private static final int BUNDLES = 300;
    private static final int PRE_KEYS = 25;

    @ParameterizedTest
    @EnumSource(names = {"LEGACY", "OMEMO_2"})
    void validBundlesAreFoundValidByBoth(OmemoGeneration generation) {
        for (int seed = 0; seed < BUNDLES; seed++) {
            Bundle bundle = TestBundle.of(generation, seed, PRE_KEYS);

            assertThat(oracle(bundle)).as("oracle, seed %d", seed).isTrue();
            assertThat(usability(bundle)).as("seed %d", seed).isEqualTo(Judgement.Usability.OK);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LEGACY", "OMEMO_2"})
    void oneFlippedBitGetsTheSameVerdictFromBoth(OmemoGeneration generation) {
        Random random = new Random(7);
        int refused = 0;
        for (int seed = 0; seed < BUNDLES; seed++) {
            Bundle bundle = tamper(TestBundle.of(generation, seed, PRE_KEYS), seed % 3, random);
            boolean accepted = usability(bundle) != Judgement.Usability.UNUSABLE;

            assertThat(accepted).as("seed %d", seed).isEqualTo(oracle(bundle));
            refused += accepted ? 0 : 1;
        }
        assertThat(refused).isGreaterThan(BUNDLES * 9 / 10);
    }

    private static Judgement.Usability usability(Bundle bundle) {
        boolean legacy = bundle.generation() == OmemoGeneration.LEGACY;
        OmemoNode node = OmemoNode.of(legacy ? "eu.siacs.conversations.axolotl.bundles:7" : "urn:xmpp:omemo:2:bundles");
        Element item = DocumentHelper.createElement("item").addAttribute("id", "7");
        item.add(bundle.toElement());
        return Judgement.of(PublishedItem.of(node, item, KnownKeys.NONE)).usability();
    }

    private static boolean oracle(Bundle bundle) {
        boolean legacy = bundle.generation() == OmemoGeneration.LEGACY;
        byte[] identity = bundle.identityKey().toArray();
        byte[] signature = bundle.signature().toArray();
        byte[] key = identity;
        if (!legacy) {
            // As python-oldmemo does it: the sign that the u-coordinate does not tell goes into the signature.
            key = TestBundle.withType(Curve25519.ofEdwards(identity));
            if ((signature[63] & 0x80) != 0) {
                return false;
            }
            signature[63] |= (byte) (identity[31] & 0x80);
        }
        try {
            return Curve.verifySignature(
                    Curve.decodePoint(key, 0), bundle.signedPreKey().toArray(), signature);
        } catch (InvalidKeyException e) {
            return false;
        }
    }

    private static Bundle tamper(Bundle bundle, int part, Random random) {
        byte[] signed = bundle.signedPreKey().toArray();
        byte[] signature = bundle.signature().toArray();
        byte[] identity = bundle.identityKey().toArray();
        byte[] target = part == 0 ? signed : part == 1 ? signature : identity;
        int bit = random.nextInt(target.length * 8);
        target[bit / 8] ^= (byte) (1 << bit % 8);
        return new Bundle(
                bundle.generation(),
                bundle.signedPreKeyId(),
                KeyBytes.of(signed),
                KeyBytes.of(signature),
                KeyBytes.of(identity),
                bundle.preKeys());
    }
}
