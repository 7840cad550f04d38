// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.omemo.wire.Bundle;
import im.bastion.omemo.wire.KeyBytes;
import im.bastion.omemo.wire.OmemoGeneration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.whispersystems.libsignal.InvalidKeyException;
import org.whispersystems.libsignal.ecc.Curve;
import org.whispersystems.libsignal.ecc.ECPrivateKey;

/** Bundles with real keys, the same for the same seed; the legacy ones signed by the library that clients use. */
public final class TestBundle {
    private TestBundle() {}

    /** A bundle as a well-behaved client of that generation makes it. */
    public static Bundle of(OmemoGeneration generation, long seed, int preKeys) {
        Random random = new Random(seed);
        List<Bundle.PreKey> keys = new ArrayList<>();
        byte[] signed = point(generation, random);
        for (int id = 1; id <= preKeys; id++) {
            keys.add(new Bundle.PreKey(id, KeyBytes.of(point(generation, random))));
        }
        return generation == OmemoGeneration.LEGACY
                ? legacy(bytes(random), signed, keys)
                : ed25519(generation, bytes(random), signed, keys);
    }

    /** A public key as prekeys of that generation are. */
    public static byte[] point(OmemoGeneration generation, Random random) {
        byte[] u = new X25519PrivateKeyParameters(bytes(random))
                .generatePublicKey()
                .getEncoded();
        return generation == OmemoGeneration.LEGACY ? withType(u) : u;
    }

    /** The 33 bytes of legacy keys. */
    public static byte[] withType(byte[] u) {
        byte[] key = new byte[u.length + 1];
        key[0] = 5;
        System.arraycopy(u, 0, key, 1, u.length);
        return key;
    }

    /** A signature as XEdDSA makes it. */
    public static byte[] xeddsa(byte[] privateKey, byte[] message) {
        try {
            ECPrivateKey key = Curve.decodePrivatePoint(privateKey);
            return Curve.calculateSignature(key, message);
        } catch (InvalidKeyException e) {
            throw new AssertionError(e);
        }
    }

    /** A signature as Ed25519 makes it. */
    public static byte[] ed25519(byte[] privateKey, byte[] message) {
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, new Ed25519PrivateKeyParameters(privateKey));
        signer.update(message, 0, message.length);
        return signer.generateSignature();
    }

    /** 32 bytes that serve as a private key. */
    public static byte[] bytes(Random random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return bytes;
    }

    private static Bundle legacy(byte[] seed, byte[] signed, List<Bundle.PreKey> keys) {
        byte[] identity = seed.clone();
        identity[0] &= (byte) 0xF8;
        identity[31] = (byte) ((identity[31] & 0x7F) | 0x40);
        byte[] u = new X25519PrivateKeyParameters(identity).generatePublicKey().getEncoded();
        return new Bundle(
                OmemoGeneration.LEGACY,
                1,
                KeyBytes.of(signed),
                KeyBytes.of(xeddsa(identity, signed)),
                KeyBytes.of(withType(u)),
                keys);
    }

    private static Bundle ed25519(
            OmemoGeneration generation, byte[] identity, byte[] signed, List<Bundle.PreKey> keys) {
        byte[] key =
                new Ed25519PrivateKeyParameters(identity).generatePublicKey().getEncoded();
        return new Bundle(
                generation, 1, KeyBytes.of(signed), KeyBytes.of(ed25519(identity, signed)), KeyBytes.of(key), keys);
    }
}
