// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Published bytes. */
class SignaturesVectorsTest {
    /** The signature of libsignal's own test: alice's identity key over her ephemeral key. */
    private static final String XEDDSA_KEY = "ab7e717d4a163b7d9a1d8071dfe9dcf8cdcd1cea3339b6356be84d887e322c64";

    private static final String XEDDSA_MESSAGE = "05edce9d9c415ca78cb7252e72c2c4a554d3eb29485a0e1d503118d1a82d99fb4a";
    private static final String XEDDSA_SIGNATURE = "5de88ca9a89b4a115da79109c67c9c7464a3e4180274f1cb8c63c2984e286dfb"
            + "ede82deb9dcd9fae0bfbb821569b3d9001bd8130cd11d486cef047bd60b86e88";

    @ParameterizedTest
    @CsvSource({
        // RFC 8032 §7.1, tests 1 to 3.
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,'',"
                + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
                + "d25bf5f0595bbe24655141438e7a100b",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,72,"
                + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
                + "387b2eaeb4302aeeb00d291612bb0c00",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025,af82,"
                + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
                + "4a7c15e9716ed28dc027beceea1ec40a"
    })
    void ed25519AsInItsRfc(String key, String message, String signature) {
        assertThat(Signatures.isEd25519Key(hex(key))).isTrue();
        assertThat(Signatures.ed25519(hex(key), hex(message), hex(signature))).isTrue();
        assertThat(Signatures.ed25519(hex(key), hex(message + "00"), hex(signature)))
                .isFalse();
    }

    @Test
    void xeddsaAsLibsignalPublishesIt() {
        byte[] signature = hex(XEDDSA_SIGNATURE);
        assertThat(Signatures.xeddsa(hex(XEDDSA_KEY), hex(XEDDSA_MESSAGE), signature))
                .isTrue();

        for (int i = 0; i < signature.length; i++) {
            byte[] modified = signature.clone();
            modified[i] ^= 0x01;
            assertThat(Signatures.xeddsa(hex(XEDDSA_KEY), hex(XEDDSA_MESSAGE), modified))
                    .as("byte %d", i)
                    .isFalse();
        }
    }

    @Test
    void theSignBitOfXeddsaCounts() {
        byte[] signature = hex(XEDDSA_SIGNATURE);
        signature[63] ^= (byte) 0x80;

        assertThat(Signatures.xeddsa(hex(XEDDSA_KEY), hex(XEDDSA_MESSAGE), signature))
                .isFalse();
    }

    @Test
    void aMultipleOfTheGroupOrderIsNotAddedToASignature() {
        // RFC 8032 §5.1.7: S is below the order L; libraries of the legacy generation accept S + L.
        byte[] key = hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
        byte[] signature = hex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
        byte[] order = hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
        int carry = 0;
        for (int i = 0; i < 32; i++) {
            int sum = (signature[32 + i] & 0xFF) + (order[i] & 0xFF) + carry;
            signature[32 + i] = (byte) sum;
            carry = sum >> 8;
        }

        assertThat(Signatures.ed25519(key, hex("72"), signature)).isFalse();
    }

    @Test
    void theBasePointsMapToEachOther() {
        // RFC 7748 §4.1: u = 9 and y = 4/5.
        byte[] nine = new byte[32];
        nine[0] = 9;
        byte[] fourFifths = new byte[32];
        Arrays.fill(fourFifths, (byte) 0x66);
        fourFifths[0] = 0x58;

        assertThat(Curve25519.ofEdwards(fourFifths)).isEqualTo(nine);
        assertThat(Curve25519.toEdwards(nine, false)).isEqualTo(fourFifths);
        assertThat(Curve25519.toEdwards(nine, true)[31]).isEqualTo((byte) 0xE6);
    }

    @ParameterizedTest
    @CsvSource({
        // u, canonical
        "0000000000000000000000000000000000000000000000000000000000000000,true",
        "0100000000000000000000000000000000000000000000000000000000000000,true",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800,true",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157,true",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f,true",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f,false",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f,false",
        "0000000000000000000000000000000000000000000000000000000000000080,false",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b880,false"
    })
    void pointsOfSmallOrderAreKnownInEveryEncoding(String u, boolean canonical) {
        assertThat(Curve25519.isSmallOrder(hex(u))).isTrue();
        assertThat(Curve25519.isCanonical(hex(u))).isEqualTo(canonical);
        assertThat(Signatures.xeddsa(hex(u), new byte[33], forged())).isFalse();
    }

    @Test
    void otherPointsAreNotOfSmallOrder() {
        assertThat(Curve25519.isSmallOrder(hex(XEDDSA_KEY))).isFalse();
        assertThat(Curve25519.isCanonical(hex(XEDDSA_KEY))).isTrue();
    }

    @Test
    void keysOfSmallOrderAndMontgomeryKeysAreNoEd25519Keys() {
        assertThat(Signatures.isEd25519Key(hex("01" + "00".repeat(31)))).isFalse();
        assertThat(Signatures.isEd25519Key(hex("ec" + "ff".repeat(30) + "7f"))).isFalse();
        assertThat(Signatures.isEd25519Key(hex("02" + "00".repeat(31)))).isFalse();
    }

    @Test
    void arraysOfAnotherLengthAreAMistakeOfTheCaller() {
        assertThatThrownBy(() -> Signatures.ed25519(new byte[33], new byte[1], new byte[64]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Signatures.xeddsa(new byte[32], new byte[1], new byte[63]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** R the neutral element and S zero: a valid signature of anything under a key of small order, to some libraries. */
    private static byte[] forged() {
        byte[] signature = new byte[64];
        signature[0] = 1;
        return signature;
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
