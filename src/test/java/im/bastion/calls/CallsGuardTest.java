// SPDX-License-Identifier: Apache-2.0
package im.bastion.calls;

import static im.bastion.calls.CallsStage.MERCUTIO;
import static im.bastion.calls.CallsStage.SID;
import static im.bastion.calls.Stanzas.DTLS;
import static im.bastion.calls.Stanzas.HOST;
import static im.bastion.calls.Stanzas.REFLEXIVE;
import static im.bastion.calls.Stanzas.RELAYED;
import static im.bastion.calls.Stanzas.content;
import static im.bastion.calls.Stanzas.transport;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.bastion.calls.jingle.Call;
import im.bastion.policy.Mode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;

/** Which calls are known, which addresses they have named, and what of them is hidden; through the gate. */
class CallsGuardTest {
    private static final String VOICE = content("0", "audio", "", DTLS + HOST + REFLEXIVE);

    private final CallsStage stage = new CallsStage();
    private final JID romeo = stage.romeo;
    private final JID juliet = stage.juliet;

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void bothEndsAddressesAreNamedForBothAccountsUntilTheCallEnds() {
        stage.says(romeo, juliet, "session-initiate", VOICE);
        stage.says(juliet, romeo, "transport-info", transport("0", RELAYED));

        for (JID account : List.of(romeo, juliet)) {
            assertThat(stage.named(account, "10.0.1.1")).isTrue();
            assertThat(stage.named(account, "192.0.2.3")).isTrue();
            assertThat(stage.named(account, "203.0.113.9")).isTrue();
            assertThat(stage.named(account, "203.0.113.10")).isFalse();
        }
        stage.says(juliet, romeo, "session-terminate", "");
        assertThat(stage.named(romeo, "192.0.2.3")).isFalse();
        assertThat(stage.named(juliet, "192.0.2.3")).isFalse();
    }

    @Test
    void aCallWithAnotherServerIsTheLocalAccountsAlone() {
        stage.says(MERCUTIO, romeo, "session-initiate", VOICE);
        assertThat(stage.named(romeo, "192.0.2.3")).isTrue();
        assertThat(stage.named(MERCUTIO, "192.0.2.3")).isFalse();
        assertThat(stage.feature.services().live().get()).singleElement().satisfies(call -> {
            assertThat(call.incoming()).isTrue();
            assertThat(call.other()).isEqualTo(MERCUTIO);
            assertThat(call.media()).containsExactly("audio");
        });
    }

    @Test
    void trickledAddressesOfASessionThatNobodyBeganNameNobody() {
        stage.says(MERCUTIO, romeo, "transport-info", transport("0", RELAYED));
        assertThat(stage.named(romeo, "203.0.113.9")).isFalse();
        assertThat(stage.says(MERCUTIO, new JID("romeo@home.example/gone"), "session-initiate", VOICE))
                .isTrue();
        assertThat(stage.named(romeo, "192.0.2.3")).isFalse();
    }

    @Test
    void anotherPartyCannotAddToACallWhoseIdItKnows() {
        stage.says(romeo, juliet, "session-initiate", VOICE);
        stage.says(MERCUTIO, romeo, "transport-info", transport("0", RELAYED));
        stage.says(MERCUTIO, romeo, "session-terminate", "");
        assertThat(stage.named(romeo, "203.0.113.9")).isFalse();
        assertThat(stage.named(romeo, "192.0.2.3")).isTrue();
    }

    @Test
    void filesThatGoByIceNameTheirAddressesToo() {
        stage.says(romeo, juliet, "session-initiate", Stanzas.file());
        assertThat(stage.named(juliet, "10.0.1.1")).isTrue();
    }

    @Test
    void whatARoomPassesOnIsTheOccupantsCall() {
        JID nickname = new JID("den@conference.home.example/Romeo");
        IQ iq = Stanzas.iq(nickname, juliet, "session-initiate", SID, VOICE);
        assertThat(stage.host.traffic().toClient(iq, juliet)).isTrue();
        assertThat(stage.named(juliet, "192.0.2.3")).isTrue();
    }

    @Test
    void invitationsRingAreAnsweredAndEnd() {
        stage.invites(romeo, juliet.asBareJID(), "propose");
        assertThat(phases()).containsExactly(Call.Phase.RINGING);
        stage.invites(juliet, romeo.asBareJID(), "ringing");
        stage.invites(juliet, romeo.asBareJID(), "proceed");
        assertThat(phases()).containsExactly(Call.Phase.CONNECTING, Call.Phase.CONNECTING);
        stage.says(romeo, juliet, "session-initiate", VOICE);
        stage.says(juliet, romeo, "session-accept", VOICE);
        assertThat(phases()).containsExactly(Call.Phase.ACTIVE, Call.Phase.ACTIVE);
        stage.invites(romeo, juliet.asBareJID(), "finish");
        assertThat(phases()).isEmpty();
    }

    @Test
    void proposalsOfStrangersAreNotKept() {
        stage.invites(MERCUTIO, romeo.asBareJID(), "propose");
        assertThat(phases()).isEmpty();
    }

    @Test
    void aSessionThatEndsTakesItsCallsAlong() {
        stage.says(romeo, juliet, "session-initiate", VOICE);
        stage.host.users().disconnect(romeo);
        assertThat(stage.named(romeo, "192.0.2.3")).isFalse();
        assertThat(stage.named(juliet, "192.0.2.3")).isTrue();
        stage.host.users().delete(juliet);
        assertThat(stage.named(juliet, "192.0.2.3")).isFalse();
    }

    @Test
    void relayOnlyHidesWhereThePeopleOfThisServerAreAndNobodyElse() {
        stage.settings.set(CallsSettings.RELAY_ONLY, RelayOnly.REMOTE);
        IQ away =
                Stanzas.iq(romeo, MERCUTIO, "session-initiate", SID, content("0", "audio", "", DTLS + HOST + RELAYED));
        stage.passes(away, romeo);
        IQ trickled = Stanzas.iq(romeo, MERCUTIO, "transport-info", SID, transport("0", REFLEXIVE));
        stage.passes(trickled, romeo);
        IQ home = Stanzas.iq(romeo, juliet, "session-initiate", SID, VOICE);
        stage.passes(home, romeo);
        IQ theirs = Stanzas.iq(MERCUTIO, romeo, "transport-info", SID, transport("0", HOST));
        stage.passes(theirs, MERCUTIO);

        assertThat(away.toXML())
                .contains("203.0.113.9")
                .doesNotContain("10.0.1.1")
                .doesNotContain("192.0.2.3");
        assertThat(trickled.toXML()).doesNotContain("192.0.2.3");
        assertThat(home.toXML()).contains("10.0.1.1");
        assertThat(theirs.toXML()).contains("10.0.1.1");
        assertThat(stage.counters.snapshot()).containsEntry("calls.candidates-hidden", 2L);
    }

    @Test
    void relayOnlyLeavesFilesAlone() {
        stage.settings.set(CallsSettings.RELAY_ONLY, RelayOnly.ALL);
        IQ file = Stanzas.iq(romeo, juliet, "session-initiate", SID, Stanzas.file());
        stage.passes(file, romeo);
        assertThat(file.toXML()).contains("10.0.1.1");
    }

    @Test
    void offLooksAtNothing() {
        stage.settings.set(CallsSettings.MODE, Mode.OFF);
        stage.says(romeo, juliet, "session-initiate", VOICE);
        assertThat(phases()).isEmpty();
        assertThat(stage.feature.mode()).isEqualTo(Mode.OFF);
    }

    @Test
    void whatAnAccountMayHaveIsBounded() {
        LongAdder overlooked = new LongAdder();
        CallBook book = new CallBook(overlooked);
        Instant begin = Instant.parse("2026-12-01T10:00:00Z");
        book.keep(call(0, Call.Phase.ACTIVE, begin));
        for (int i = 1; i <= CallBook.MAX_CALLS; i++) {
            book.keep(call(i, Call.Phase.CONNECTING, begin.plusSeconds(i)));
        }
        assertThat(book.all()).hasSize(CallBook.MAX_CALLS);
        assertThat(book.find(romeo, MERCUTIO, "0")).isNotNull();
        assertThat(book.find(romeo, MERCUTIO, "1")).isNull();

        book.expire(begin.plus(CallBook.LASTS).plus(Duration.ofDays(1)));
        assertThat(book.all()).isEmpty();
        for (int i = 0; i <= CallBook.MAX_ACCOUNTS; i++) {
            book.keep(Call.begun("s", new JID("user" + i + "@home.example/r"), MERCUTIO, false, begin));
        }
        assertThat(book.all()).hasSize(CallBook.MAX_ACCOUNTS);
        assertThat(overlooked.sum()).isEqualTo(1);
        book.expire(begin.plus(CallBook.RINGS).plusSeconds(1));
        assertThat(book.all()).isEmpty();
    }

    @Test
    void aListOfDomainsThatCannotBeReadIsRefused() {
        assertThatThrownBy(() -> CallsSettings.domains("away.example")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CallsSettings.domains("away.example=perhaps"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(CallsSettings.domains("a.example=off, B.example=observe"))
                .isEqualTo(Map.of("a.example", Mode.OFF, "b.example", Mode.OBSERVE));
    }

    private Call call(int sid, Call.Phase phase, Instant at) {
        return new Call(String.valueOf(sid), romeo, MERCUTIO, false, phase, at, at, false, Map.of(), Set.of());
    }

    private List<Call.Phase> phases() {
        return stage.feature.services().live().get().stream().map(Call::phase).toList();
    }
}
