// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.keylog;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** The secret half of a key that heads are signed with. */
final class SigningKey {
    /** What an endorsement begins with, so that it can never be taken for a head. */
    private static final byte[] ENDORSEMENT = "bastion-keylog-signer-1".getBytes(US_ASCII);

    private final byte[] seed;
    private final PublicKey publicKey;

    private SigningKey(byte[] seed) {
        this.seed = seed;
        byte[] derived = new byte[PublicKey.BYTES];
        Ed25519.generatePublicKey(seed, 0, derived, 0);
        this.publicKey = PublicKey.of(derived);
    }

    static SigningKey create() {
        byte[] seed = new byte[Ed25519.SECRET_KEY_SIZE];
        new SecureRandom().nextBytes(seed);
        return new SigningKey(seed);
    }

    /** @throws IllegalArgumentException when the text is not a key as {@link #toSecretText} writes it */
    static SigningKey ofSecretText(String text) {
        byte[] seed = Base64.getDecoder().decode(text.strip());
        if (seed.length != Ed25519.SECRET_KEY_SIZE) {
            throw new IllegalArgumentException("Not the secret half of an Ed25519 key");
        }
        return new SigningKey(seed);
    }

    /** For the key's own file and nowhere else. */
    String toSecretText() {
        return Base64.getEncoder().encodeToString(seed);
    }

    PublicKey publicKey() {
        return publicKey;
    }

    /** The head with this key's signature as its only one. */
    SignedHead sign(TreeHead head) {
        byte[] text = head.toText().getBytes(UTF_8);
        return new SignedHead(
                head,
                List.of(new SignedHead.Signature(
                        head.origin(),
                        publicKey.hash(head.origin()),
                        Base64.getEncoder().encodeToString(signature(text)))));
    }

    /** This key's word that the other one takes its place, in base64. */
    String endorse(PublicKey successor) {
        return Base64.getEncoder().encodeToString(signature(endorsed(successor)));
    }

    /** Whether the endorsement is the key's word for its successor. */
    static boolean endorses(PublicKey key, PublicKey successor, String endorsement) {
        return key.verifies(endorsed(successor), Base64.getDecoder().decode(endorsement));
    }

    private static byte[] endorsed(PublicKey successor) {
        return ByteBuffer.allocate(ENDORSEMENT.length + PublicKey.BYTES)
                .put(ENDORSEMENT)
                .put(successor.toArray())
                .array();
    }

    private byte[] signature(byte[] message) {
        byte[] signature = new byte[PublicKey.SIGNATURE_BYTES];
        Ed25519.sign(seed, 0, message, 0, message.length, signature, 0);
        return signature;
    }
}
