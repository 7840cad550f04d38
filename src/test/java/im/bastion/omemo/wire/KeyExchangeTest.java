// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whispersystems.libsignal.ecc.Curve;
import org.whispersystems.libsignal.ecc.ECKeyPair;
import org.whispersystems.libsignal.protocol.PreKeySignalMessage;
import org.whispersystems.libsignal.protocol.SignalMessage;
import org.whispersystems.libsignal.util.guava.Optional;

/** The outer part of messages that begin sessions. */
public class KeyExchangeTest {
    private static final ECKeyPair ALICE = Curve.generateKeyPair();

    /** A key exchange of the library that clients use, with Alice's identity key. */
    public static byte[] legacy(Integer preKeyId, int signedPreKeyId) {
        return legacy(ALICE, preKeyId, signedPreKeyId);
    }

    private static byte[] legacy(ECKeyPair sender, Integer preKeyId, int signedPreKeyId) {
        var identity = new org.whispersystems.libsignal.IdentityKey(sender.getPublicKey());
        SignalMessage inner = new SignalMessage(
                3,
                new SecretKeySpec(new byte[32], "HmacSHA256"),
                ALICE.getPublicKey(),
                1,
                0,
                new byte[48],
                identity,
                identity);
        return new PreKeySignalMessage(
                        3, 4711, Optional.fromNullable(preKeyId), signedPreKeyId, ALICE.getPublicKey(), identity, inner)
                .serialize();
    }

    @Test
    void readsWhatTheLibraryOfClientsWrites() throws OmemoFormatException {
        KeyExchange exchange = KeyExchange.parse(OmemoGeneration.LEGACY, legacy(24, 7));

        assertThat(exchange.preKeyId()).isEqualTo(24);
        assertThat(exchange.signedPreKeyId()).isEqualTo(7);
        assertThat(exchange.identityKey().toArray())
                .isEqualTo(ALICE.getPublicKey().serialize());
    }

    @Test
    void aPreKeyMayBeMissing() throws OmemoFormatException {
        assertThat(KeyExchange.parse(OmemoGeneration.LEGACY, legacy(null, 7)).preKeyId())
                .isEqualTo(KeyExchange.NO_PRE_KEY);
    }

    @Test
    void readsTheFieldsOfOmemo2() throws OmemoFormatException {
        // XEP-0384 §5.6: pk_id = 1, spk_id = 2, ik = 3, ek = 4, message = 5.
        byte[] bytes = HexFormat.of()
                .parseHex("08ac02" + "1005" + "1a20" + "11".repeat(32) + "2220" + "22".repeat(32) + "2a0101");

        KeyExchange exchange = KeyExchange.parse(OmemoGeneration.OMEMO_2, bytes);

        assertThat(exchange.preKeyId()).isEqualTo(300);
        assertThat(exchange.signedPreKeyId()).isEqualTo(5);
        assertThat(exchange.identityKey().length()).isEqualTo(32);
    }

    @Test
    void everyCutIsRefusedOrReadWithoutAFault() {
        byte[] whole = legacy(24, 7);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            try {
                assertThat(KeyExchange.parse(OmemoGeneration.LEGACY, cut).identityKey())
                        .isNotNull();
            } catch (OmemoFormatException e) {
                assertThat(e.getMessage()).contains("key exchange");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "33",
                "22" + "0801",
                "33" + "0880808080808080808080",
                "33" + "1affffffff0f",
                "33" + "0d00000000",
                "33" + "3007"
            })
    void refusesWhatIsNone(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);

        assertThatThrownBy(() -> KeyExchange.parse(OmemoGeneration.LEGACY, bytes))
                .isInstanceOf(OmemoFormatException.class);
    }

    @Test
    void refusesAnEndlessOne() {
        byte[] many = HexFormat.of().parseHex("33" + "4000".repeat(17) + "3007");

        assertThatThrownBy(() -> KeyExchange.parse(OmemoGeneration.LEGACY, many))
                .hasMessageContaining("too many");
        assertThatThrownBy(() -> KeyExchange.parse(OmemoGeneration.LEGACY, new byte[20_000]))
                .hasMessageContaining("20000");
    }
}
