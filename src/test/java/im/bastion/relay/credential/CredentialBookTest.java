// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.credential;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.relay.stun.PasswordAlgorithm;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CredentialBookTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000L);
    private static final String REALM = "home.example";
    private static final String PHONE = "romeo@home.example/phone";
    private static final String DESK = "romeo@home.example/desk";
    private final CredentialBook book = new CredentialBook(new TurnCredentials(List.of("secret")), REALM);

    @Test
    void knowsWhatItMintedByNameAndByHash() {
        TurnCredential minted = mint(PHONE);
        assertThat(user(minted)).isNotNull();
        assertThat(book.username(hash(minted))).isEqualTo(minted.username());
        assertThat(book.passwords(user(minted))).containsExactly(minted.password());
    }

    @Test
    void oneSessionsCredentialsShareATagThatNoOtherSessionHas() {
        TurnUser first = user(mint(PHONE));
        TurnUser second = TurnUser.parse(book.mint("romeo@home.example", PHONE, NOW.plusSeconds(9), Duration.ofHours(1))
                .username());
        TurnUser desk = user(mint(DESK));
        assertThat(second.session()).isEqualTo(first.session()).isNotEqualTo(desk.session());
        assertThat(desk.pseudonym()).isEqualTo(first.pseudonym());
    }

    @Test
    void anEndedSessionsCredentialsAreWorthNothingAndTheOthersGoOn() {
        TurnCredential early = mint(PHONE);
        TurnCredential late = book.mint("romeo@home.example", PHONE, NOW.plusSeconds(9), Duration.ofHours(1));
        TurnCredential desk = mint(DESK);
        book.revoke(PHONE, NOW);
        assertThat(user(early)).isNull();
        assertThat(user(late)).isNull();
        assertThat(book.username(hash(late))).isNull();
        assertThat(user(desk)).isNotNull();
        assertThat(user(mint(PHONE))).as("the next session of that name").isNotNull();
    }

    @Test
    void anAccountsSessionsEndTogether() {
        TurnCredential phone = mint(PHONE);
        TurnCredential juliet = book.mint("juliet@home.example", "juliet@home.example/x", NOW, Duration.ofHours(1));
        book.revoke(session -> session.startsWith("romeo@"), NOW);
        assertThat(user(phone)).isNull();
        assertThat(user(juliet)).isNotNull();
    }

    @Test
    void aNewSecretBeforeTheOldOneKeepsWhatIsOut() {
        TurnCredential old = mint(PHONE);
        book.use(new TurnCredentials(List.of("new", "secret")), REALM);
        assertThat(book.passwords(user(old))).contains(old.password());
        TurnCredential fresh = mint(PHONE);
        book.use(new TurnCredentials(List.of("new")), REALM);
        assertThat(book.passwords(user(fresh)))
                .containsExactly(fresh.password())
                .doesNotContain(old.password());
    }

    private TurnCredential mint(String session) {
        return book.mint("romeo@home.example", session, NOW, Duration.ofHours(1));
    }

    private TurnUser user(TurnCredential credential) {
        return book.user(credential.username(), NOW.getEpochSecond());
    }

    private static ByteBuffer hash(TurnCredential credential) {
        return ByteBuffer.wrap(PasswordAlgorithm.userhash(credential.username(), REALM));
    }
}
