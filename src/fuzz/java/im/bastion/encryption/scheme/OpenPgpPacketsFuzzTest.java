// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.scheme;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;

/** Whatever the bytes are, they are judged; and an encrypted message with anything behind it is none. */
class OpenPgpPacketsFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void anyBytesAreJudged(FuzzedDataProvider data) {
        byte[] bytes = data.consumeRemainingAsBytes();
        Proof proof = OpenPgpPackets.look(bytes);
        if (proof == Proof.ABSENT || proof == Proof.NEGOTIATES) {
            throw new AssertionError("No verdict on an OpenPGP message: " + proof);
        }
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        if (proof == Proof.PROVEN && !isOpenEnded(bytes) && OpenPgpPackets.look(longer) == Proof.PROVEN) {
            throw new AssertionError("Something behind the encrypted data was not noticed");
        }
    }

    /** Whether an old header says that its packet goes on to the end, whatever that is. */
    private static boolean isOpenEnded(byte[] bytes) {
        for (byte one : bytes) {
            if ((one & 0xC3) == 0x83) {
                return true;
            }
        }
        return false;
    }
}
