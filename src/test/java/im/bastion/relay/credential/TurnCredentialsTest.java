// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TurnCredentialsTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000L);
    private static final Duration SIX_HOURS = Duration.ofHours(6);
    private final TurnCredentials credentials = new TurnCredentials(List.of("new secret", "old secret"));

    @Test
    void passwordIsWhatOtherTurnServersComputeFromTheSharedSecret() {
        TurnCredentials shared = new TurnCredentials(List.of("north"));
        // echo -n '1800000600:alice' | openssl dgst -sha1 -hmac north -binary | base64
        assertThat(shared.passwords(TurnUser.parse("1800000600:alice")))
                .containsExactly("8ZET7dsUGGXZ8WEDxmkDf0cN13Y=");
    }

    @Test
    void mintedCredentialIsAcceptedUntilItExpires() {
        TurnCredential minted = credentials.mint("romeo@example.org", "0123456789abcdef", NOW, SIX_HOURS);
        TurnUser user = credentials.user(minted.username(), NOW.getEpochSecond());
        assertThat(minted.expires()).isEqualTo(NOW.plus(SIX_HOURS));
        assertThat(credentials.passwords(user)).contains(minted.password());
        assertThat(credentials.user(minted.username(), minted.expires().getEpochSecond() - 1))
                .isNotNull();
        assertThat(credentials.user(minted.username(), minted.expires().getEpochSecond()))
                .isNull();
    }

    @Test
    void credentialOfAnOlderSecretIsStillAcceptedAndOfAStrangersIsNot() {
        TurnCredential old = new TurnCredentials(List.of("old secret"))
                .mint("romeo@example.org", "0123456789abcdef", NOW, SIX_HOURS);
        TurnCredential strange =
                new TurnCredentials(List.of("?")).mint("romeo@example.org", "0123456789abcdef", NOW, SIX_HOURS);
        assertThat(credentials.passwords(TurnUser.parse(old.username()))).contains(old.password());
        assertThat(credentials.passwords(TurnUser.parse(strange.username()))).doesNotContain(strange.password());
    }

    @Test
    void userNameHidesTheAccountButIsTheSameForIt() {
        String first = credentials
                .mint("romeo@example.org", "0123456789abcdef", NOW, SIX_HOURS)
                .username();
        String second = credentials
                .mint("romeo@example.org", "0123456789abcdef", NOW.plusSeconds(60), SIX_HOURS)
                .username();
        assertThat(first).doesNotContain("romeo").isNotEqualTo(second);
        assertThat(TurnUser.parse(first).pseudonym())
                .isEqualTo(TurnUser.parse(second).pseudonym())
                .isNotEqualTo(TurnUser.parse(credentials
                                .mint("juliet@example.org", "0123456789abcdef", NOW, SIX_HOURS)
                                .username())
                        .pseudonym());
    }

    @Test
    void credentialThatClaimsTooLongALifeIsRefused() {
        assertThat(credentials.user(NOW.plus(Duration.ofHours(24)).getEpochSecond() + ":a", NOW.getEpochSecond()))
                .isNotNull();
        assertThat(credentials.user(NOW.plus(Duration.ofHours(25)).getEpochSecond() + ":a", NOW.getEpochSecond()))
                .isNull();
    }

    @Test
    void userNameOfAnotherServerIsOnePseudonymAndNoSession() {
        TurnUser user = TurnUser.parse("1800000600:al-ice");
        assertThat(user.pseudonym()).isEqualTo("al-ice");
        assertThat(user.session()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "alice",
                "1800000600",
                "1800000600:",
                ":alice",
                "-1:alice",
                "+1:alice",
                "1e9:alice",
                "18000006000000:alice",
                "99999999999999999999:alice",
                "\u0661\u0662:alice"
            })
    void userNameThatIsNotExpiryAndPseudonymIsRefused(String name) {
        assertThat(TurnUser.parse(name)).isNull();
    }

    @Test
    void overlongUserNameIsRefused() {
        assertThat(TurnUser.parse("1:" + "a".repeat(126))).isNotNull();
        assertThat(TurnUser.parse("1:" + "a".repeat(127))).isNull();
    }

    @Test
    void passwordIsNotInTheText() {
        TurnCredential minted = credentials.mint("romeo@example.org", "0123456789abcdef", NOW, SIX_HOURS);
        assertThat(minted.toString()).doesNotContain(minted.password());
    }

    @Test
    void needsASecret() {
        assertThatThrownBy(() -> new TurnCredentials(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
