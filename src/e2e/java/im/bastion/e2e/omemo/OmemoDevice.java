// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.omemo;

import im.bastion.omemo.wire.Bundle;
import im.bastion.omemo.wire.KeyBytes;
import im.bastion.omemo.wire.OmemoGeneration;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/**
 * A device with real OMEMO 2 keys.
 *
 * @param bundle its public keys: an Ed25519 identity, a signed X25519 prekey and a hundred more
 */
record OmemoDevice(int id, Bundle bundle) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int PRE_KEYS = 100;

    static OmemoDevice create(int id) {
        Ed25519PrivateKeyParameters identity = new Ed25519PrivateKeyParameters(RANDOM);
        byte[] signedPreKey = x25519();
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, identity);
        signer.update(signedPreKey, 0, signedPreKey.length);
        List<Bundle.PreKey> preKeys = new ArrayList<>();
        for (long preKeyId = 1; preKeyId <= PRE_KEYS; preKeyId++) {
            preKeys.add(new Bundle.PreKey(preKeyId, KeyBytes.of(x25519())));
        }
        return new OmemoDevice(
                id,
                new Bundle(
                        OmemoGeneration.OMEMO_2,
                        1,
                        KeyBytes.of(signedPreKey),
                        KeyBytes.of(signer.generateSignature()),
                        KeyBytes.of(identity.generatePublicKey().getEncoded()),
                        preKeys));
    }

    /** The item to publish. */
    String item() {
        return "<item id='" + id + "'>" + bundle.toElement().asXML() + "</item>";
    }

    private static byte[] x25519() {
        return new X25519PrivateKeyParameters(RANDOM).generatePublicKey().getEncoded();
    }
}
