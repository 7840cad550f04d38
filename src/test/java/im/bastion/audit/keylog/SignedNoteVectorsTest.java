// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.keylog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.bastion.audit.merkle.Hash;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys and signatures as other transparency logs write them: the example of C2SP signed-note. */
class SignedNoteVectorsTest {
    private static final String KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
    private static final String TEXT = "This is an example message.\n";
    private static final String SIGNATURE =
            "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=";

    @Test
    void theExampleKeyHasThePublishedHashAndSignature() {
        PublicKey key = PublicKey.parse(KEY);
        byte[] line = Base64.getDecoder().decode(SIGNATURE);
        byte[] signature = Arrays.copyOfRange(line, Integer.BYTES, line.length);

        assertThat(key.hash("example.com/foo")).isEqualTo(ByteBuffer.wrap(line).getInt());
        assertThat(key.toText("example.com/foo")).isEqualTo(KEY);
        assertThat(key.verifies(TEXT.getBytes(UTF_8), signature)).isTrue();
        assertThat(key.verifies("This is another message.\n".getBytes(UTF_8), signature))
                .isFalse();
    }

    @Test
    void aHeadIsReadAgainAsItWasWritten() {
        SigningKey key = SigningKey.create();
        TreeHead head = new TreeHead(
                "home.example/omemo-keys", 12, Hash.of(new byte[Hash.BYTES]), Instant.parse("2026-11-24T20:00:00.5Z"));
        String note = key.sign(head).toText();

        assertThat(note)
                .startsWith(
                        "home.example/omemo-keys\n12\n" + "A".repeat(43) + "=\ntime 2026-11-24T20:00:00Z\n\n\u2014 ");
        assertThat(SignedHead.parse(note)).isEqualTo(key.sign(head));
        assertThat(SignedHead.parse(note).isSignedBy(key.publicKey())).isTrue();
        assertThat(SignedHead.parse(note.replace("\n12\n", "\n13\n")).isSignedBy(key.publicKey()))
                .isFalse();
        assertThat(SignedHead.parse(note).isSignedBy(SigningKey.create().publicKey()))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n",
                "a\n1\n",
                "a\n01\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\ntime 2026-11-24T20:00:00Z\n\n\u2014 a AAAAAAAA\n",
                "a\n-1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\ntime 2026-11-24T20:00:00Z\n\n\u2014 a AAAAAAAA\n",
                "a\n1\nAAAA\ntime 2026-11-24T20:00:00Z\n\n\u2014 a AAAAAAAA\n",
                "a\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\ntime yesterday\n\n\u2014 a AAAAAAAA\n",
                "a\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\ntime 2026-11-24T20:00:00Z\n\n- a AAAAAAAA\n",
                "a\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\ntime 2026-11-24T20:00:00Z\n\n\u2014 a AAAA\n"
            })
    void whatIsNoHeadIsRefused(String note) {
        assertThatThrownBy(() -> SignedHead.parse(note)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.com/foo",
                "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/bar+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903a+AQ=="
            })
    void whatIsNoKeyIsRefused(String text) {
        assertThatThrownBy(() -> PublicKey.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
