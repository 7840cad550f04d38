// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.relay.credential.CredentialBook;
import im.bastion.relay.credential.TurnCredential;
import im.bastion.relay.credential.TurnCredentials;
import im.bastion.relay.stun.AttributeType;
import im.bastion.relay.stun.MessageIntegrity;
import im.bastion.relay.stun.PasswordAlgorithm;
import im.bastion.relay.stun.PasswordAlgorithmAttribute;
import im.bastion.relay.stun.StunAttribute;
import im.bastion.relay.stun.StunMessage;
import im.bastion.relay.stun.StunMessageEncoder;
import im.bastion.relay.stun.StunMethod;
import im.bastion.relay.stun.TextAttribute;
import im.bastion.relay.stun.UnsignedAttribute;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticatorTest {
    private final TurnStage stage = new TurnStage();
    private final TurnStage.Client romeo = stage.romeo();

    @Test
    void challengesARequestWithoutIntegrity() {
        Answer answer = stage.send(stage.request(StunMethod.ALLOCATE, TurnStage.UDP), TurnStage.ROMEO);
        assertThat(answer.error()).isEqualTo(401);
        assertThat(answer.text(AttributeType.REALM)).isEqualTo(TurnStage.REALM);
        assertThat(answer.text(AttributeType.NONCE)).startsWith("obMatJos2AAAD");
        assertThat(MessageIntegrity.strongestIn(answer.bytes)).isNull();
        assertThat(answer.bytes.remaining()).isLessThan(144);
    }

    @ParameterizedTest
    @EnumSource(MessageIntegrity.class)
    void acceptsTheCredentialAndSealsItsAnswerInTheSameWay(MessageIntegrity integrity) {
        romeo.integrity = integrity;
        Answer answer = romeo.ask(StunMethod.ALLOCATE, TurnStage.UDP);
        assertThat(answer.isSuccess()).isTrue();
        assertThat(MessageIntegrity.strongestIn(answer.bytes)).isEqualTo(integrity);
        assertThat(integrity.verify(answer.bytes, romeo.key())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {AttributeType.USERNAME, AttributeType.REALM, AttributeType.NONCE})
    void callsARequestBadThatLacksOneOfThem(int missing) {
        StunMessage request = stage.request(StunMethod.ALLOCATE, TurnStage.UDP);
        for (int type : List.of(AttributeType.USERNAME, AttributeType.REALM, AttributeType.NONCE)) {
            if (type != missing) {
                request = TurnStage.with(request, TextAttribute.of(type, "x"));
            }
        }
        ByteBuffer out = ByteBuffer.allocate(500);
        new StunMessageEncoder(out).message(request).integrity(MessageIntegrity.SHA1, new byte[16]);
        assertThat(stage.send(out.flip(), TurnStage.ROMEO).error()).isEqualTo(400);
    }

    @Test
    void doesNotSeeAttributesBehindTheIntegrity() {
        ByteBuffer out = ByteBuffer.allocate(500);
        new StunMessageEncoder(out)
                .message(stage.request(StunMethod.ALLOCATE, TurnStage.UDP))
                .integrity(MessageIntegrity.SHA1, romeo.key());
        for (var attribute : List.of(
                TextAttribute.of(AttributeType.USERNAME, romeo.username),
                TextAttribute.of(AttributeType.REALM, romeo.realm))) {
            out.putShort((short) attribute.type())
                    .putShort((short) attribute.length())
                    .put(attribute.value());
            while (out.position() % 4 != 0) {
                out.put((byte) 0);
            }
        }
        out.putShort(2, (short) (out.position() - 20));
        assertThat(stage.send(out.flip(), TurnStage.ROMEO).error()).isEqualTo(400);
    }

    @Test
    void refusesAnOldNonceAndGivesAFreshOne() {
        stage.pass(Duration.ofSeconds(NonceIssuer.LIFE_SECONDS));
        Answer answer = romeo.ask(StunMethod.ALLOCATE, TurnStage.UDP);
        assertThat(answer.error()).isEqualTo(438);
        romeo.nonce = answer.text(AttributeType.NONCE);
        assertThat(romeo.ask(StunMethod.ALLOCATE, TurnStage.UDP).isSuccess()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "obMatJos2AAAD", "obMatJos2AAAD****", "obMatJos2AAADAAAAAAAAAAAAAAAAAAAAAA"})
    void refusesANonceItDidNotMake(String nonce) {
        romeo.nonce = nonce;
        assertThat(romeo.ask(StunMethod.ALLOCATE, TurnStage.UDP).error()).isEqualTo(438);
    }

    @Test
    void refusesANonceGivenToAnotherAddressOrPort() {
        TurnStage.Client thief = stage.client(TurnStage.JULIET, "romeo@home.example");
        thief.nonce = romeo.nonce;
        assertThat(thief.ask(StunMethod.ALLOCATE, TurnStage.UDP).error()).isEqualTo(438);
        TurnStage.Client moved = stage.client(TurnStage.address("192.0.2.10", 4_001), "romeo@home.example");
        moved.nonce = romeo.nonce;
        assertThat(moved.ask(StunMethod.ALLOCATE, TurnStage.UDP).error()).isEqualTo(438);
    }

    @Test
    void refusesAWrongPasswordRealmOrUser() {
        String right = romeo.password;
        romeo.password = "wrong";
        assertThat(romeo.ask(StunMethod.ALLOCATE, TurnStage.UDP).error()).isEqualTo(401);
        romeo.password = right;
        romeo.realm = "elsewhere.example";
        assertThat(romeo.ask(StunMethod.ALLOCATE, TurnStage.UDP).error()).isEqualTo(401);
        romeo.realm = TurnStage.REALM;
        romeo.username = romeo.username + "0";
        assertThat(romeo.ask(StunMethod.ALLOCATE, TurnStage.UDP).error()).isEqualTo(401);
        romeo.username = "romeo";
        assertThat(romeo.ask(StunMethod.ALLOCATE, TurnStage.UDP).error()).isEqualTo(401);
    }

    @Test
    void refusesACredentialOfAnotherSecretOrOneThatHasExpired() {
        Instant now = stage.instant();
        CredentialBook others = new CredentialBook(new TurnCredentials(List.of("other")), TurnStage.REALM);
        TurnCredential strange = others.mint("a", "a/1", now, Duration.ofHours(1));
        assertThat(new TurnStage.Client(stage, TurnStage.ROMEO, strange)
                        .ask(StunMethod.ALLOCATE, TurnStage.UDP)
                        .error())
                .isEqualTo(401);
        TurnCredential brief = stage.credentials.mint("a", "a/1", now, Duration.ofSeconds(60));
        stage.pass(Duration.ofSeconds(60));
        assertThat(new TurnStage.Client(stage, TurnStage.ROMEO, brief)
                        .ask(StunMethod.ALLOCATE, TurnStage.UDP)
                        .error())
                .isEqualTo(401);
    }

    @Test
    void anExpiredCredentialKeepsARunningCallForAWhileButNotForEver() {
        TurnCredential brief = stage.credentials.mint("romeo", "romeo/1", stage.instant(), Duration.ofMinutes(30));
        TurnStage.Client caller = new TurnStage.Client(stage, TurnStage.ROMEO, brief);
        caller.allocate();
        int hours = 0;
        while (refresh(caller) == 0 && hours < 100) {
            stage.pass(Duration.ofMinutes(30));
            hours++;
        }
        assertThat(hours).isEqualTo(12);
    }

    private int refresh(TurnStage.Client caller) {
        StunMessage request = stage.request(StunMethod.REFRESH, UnsignedAttribute.lifetime(3_600));
        caller.nonce = stage.send(request, caller.at).text(AttributeType.NONCE);
        return caller.ask(StunMethod.REFRESH, UnsignedAttribute.lifetime(3_600)).error();
    }

    @ParameterizedTest
    @EnumSource(PasswordAlgorithm.class)
    void acceptsTheAlgorithmTheClientChoseOfTheOffer(PasswordAlgorithm chosen) {
        romeo.choose(chosen);
        assertThat(romeo.ask(StunMethod.ALLOCATE, TurnStage.UDP).isSuccess()).isTrue();
        romeo.algorithm = chosen == PasswordAlgorithm.MD5 ? PasswordAlgorithm.SHA256 : PasswordAlgorithm.MD5;
        assertThat(romeo.ask(StunMethod.REFRESH).error()).isEqualTo(401);
    }

    @Test
    void callsItBadWhenTheOfferTheClientSawIsNotTheOneItWasMade() {
        StunAttribute name = TextAttribute.of(AttributeType.USERNAME, romeo.username);
        StunAttribute choice = PasswordAlgorithmAttribute.choice(PasswordAlgorithm.MD5);
        StunAttribute offer = PasswordAlgorithmAttribute.offer(PasswordAlgorithm.SHA256, PasswordAlgorithm.MD5);
        StunAttribute lessened = PasswordAlgorithmAttribute.offer(PasswordAlgorithm.MD5);
        StunAttribute unknown = new StunAttribute(AttributeType.PASSWORD_ALGORITHM, new byte[] {0, 9, 0, 0});
        for (List<StunAttribute> bad : List.of(
                List.of(name, lessened, choice),
                List.of(name, choice),
                List.of(name, offer),
                List.of(name, offer, unknown))) {
            romeo.identification = bad;
            assertThat(romeo.ask(StunMethod.ALLOCATE, TurnStage.UDP).error())
                    .as(bad.toString())
                    .isEqualTo(400);
        }
    }

    @Test
    void refusesANonceWhoseFeaturesWereTakenAway() {
        romeo.nonce = romeo.nonce.replace("obMatJos2AAAD", "obMatJos2AAAA");
        assertThat(romeo.ask(StunMethod.ALLOCATE, TurnStage.UDP).error()).isEqualTo(438);
    }

    @Test
    void knowsAUserByTheHashOfItsName() {
        romeo.choose(PasswordAlgorithm.SHA256);
        romeo.integrity = MessageIntegrity.SHA256;
        romeo.hideName(PasswordAlgorithm.userhash(romeo.username, TurnStage.REALM));
        Answer answer = romeo.ask(StunMethod.ALLOCATE, TurnStage.UDP);
        assertThat(answer.isSuccess()).isTrue();
        assertThat(MessageIntegrity.SHA256.verify(answer.bytes, romeo.key())).isTrue();
        assertThat(romeo.ask(StunMethod.REFRESH).isSuccess()).isTrue();
    }

    @Test
    void aHashOfNobodysNameIsAnsweredAsAWrongPasswordIs() {
        romeo.hideName(PasswordAlgorithm.userhash("nobody", TurnStage.REALM));
        Answer nobody = romeo.ask(StunMethod.ALLOCATE, TurnStage.UDP);
        romeo.hideName(PasswordAlgorithm.userhash(romeo.username, TurnStage.REALM));
        romeo.password = "wrong";
        Answer wrong = romeo.ask(StunMethod.ALLOCATE, TurnStage.UDP);
        assertThat(nobody.error()).isEqualTo(401).isEqualTo(wrong.error());
        assertThat(nobody.bytes.remaining()).isEqualTo(wrong.bytes.remaining());
    }

    @Test
    void aRevokedCredentialIsWorthNothingAndItsAllocationEndsWithTheNextSweep() {
        romeo.allocate();
        stage.credentials.revoke("romeo@home.example/1", stage.instant());
        assertThat(romeo.ask(StunMethod.REFRESH).error()).isEqualTo(401);
        assertThat(stage.quota.total()).isEqualTo(1);
        stage.server.expire(stage.now());
        assertThat(stage.quota.total()).isZero();
        assertThat(stage.sockets.open).isEmpty();
    }

    @Test
    void countsRefusalsByTheirCode() {
        assertThat(stage.counters.snapshot().get("relay.refused-401")).isEqualTo(1);
    }
}
