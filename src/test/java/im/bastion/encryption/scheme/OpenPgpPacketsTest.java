// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.scheme;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.encryption.Sample;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The outer packets of messages made by GnuPG, and of some made by hand (RFC 9580 §4.2). */
class OpenPgpPacketsTest {
    @ParameterizedTest
    @CsvSource({
        "signed-and-encrypted, PROVEN",
        "encrypted, PROVEN",
        "encrypted-with-password, PROVEN",
        "encrypted-in-parts, PROVEN",
        "signed, READABLE",
        "signed-not-compressed, READABLE",
        "literal, READABLE"
    })
    void tellsWhatIsEncryptedFromWhatIsSigned(String vector, Proof proof) {
        assertThat(OpenPgpPackets.look(message(vector))).isEqualTo(proof);
    }

    @ParameterizedTest
    @ValueSource(strings = {"signed-and-encrypted", "encrypted", "encrypted-with-password", "encrypted-in-parts"})
    void anEncryptedMessageThatIsCutOffAnywhereIsNone(String vector) {
        byte[] whole = message(vector);
        for (int length = 0; length < whole.length; length += Math.max(1, whole.length / 200)) {
            assertThat(OpenPgpPackets.look(Arrays.copyOf(whole, length))).isEqualTo(Proof.HOLLOW);
        }
    }

    @Test
    void clearTextBehindTheEncryptedDataIsNotEncrypted() {
        byte[] encrypted = message("encrypted");
        byte[] literal = message("literal");
        byte[] both = Arrays.copyOf(encrypted, encrypted.length + literal.length);
        System.arraycopy(literal, 0, both, encrypted.length, literal.length);

        assertThat(OpenPgpPackets.look(both)).isEqualTo(Proof.HOLLOW);
    }

    @ParameterizedTest
    @CsvSource({
        // Encrypted data that no key is sent for.
        "d20101, HOLLOW",
        // A key, then literal data.
        "c10103cb03620000, READABLE",
        // A key and encrypted data, old and new formats, with marker and padding between.
        "840103d20101, PROVEN",
        "850001038f, HOLLOW",
        "c10103ca03504750d501ffd20101, PROVEN",
        "c10103c90101, PROVEN",
        "c10103d40101, PROVEN",
        // Two octets of length, five octets of length.
        "c10103d2ff0000000101, PROVEN",
        "c10103d2ffffffffff01, HOLLOW",
        // Indeterminate length of the old format.
        "840103a70102, PROVEN",
        // A packet of an unknown kind; no packet at all.
        "c10103fe0101, HOLLOW",
        "00, HOLLOW"
    })
    void readsBothFormatsOfHeaders(String hex, Proof proof) {
        assertThat(OpenPgpPackets.look(HexFormat.of().parseHex(hex))).isEqualTo(proof);
    }

    @Test
    void moreKeysThanAnyRoomHasAreNotCounted() {
        byte[] keys = new byte[OpenPgpPackets.MAX_PACKETS * 3 + 3];
        for (int i = 0; i < keys.length - 3; i += 3) {
            keys[i] = (byte) 0xC1;
            keys[i + 1] = 1;
        }
        System.arraycopy(new byte[] {(byte) 0xD2, 1, 1}, 0, keys, keys.length - 3, 3);

        assertThat(OpenPgpPackets.look(keys)).isEqualTo(Proof.HOLLOW);
    }

    private static byte[] message(String vector) {
        return Base64Text.decode(Sample.vector(vector));
    }
}
