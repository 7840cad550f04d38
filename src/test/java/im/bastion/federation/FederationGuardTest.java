// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation;

import static im.bastion.federation.Scene.BAD;
import static im.bastion.federation.Scene.CERTIFIED;
import static im.bastion.federation.Scene.GOOD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import im.bastion.audit.AuditEvent;
import im.bastion.federation.observe.PeerDay;
import im.bastion.host.HostException;
import im.bastion.host.ServerSession;
import im.bastion.host.ServerSession.Direction;
import im.bastion.host.memory.MemoryHost;
import im.bastion.host.memory.MemoryServerSession;
import im.bastion.policy.FailMode;
import im.bastion.policy.Mode;
import im.bastion.policy.Refusal;
import im.bastion.policy.Verdict;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.Message;

class FederationGuardTest {
    private final Scene scene = new Scene();

    @AfterEach
    void close() {
        scene.close();
    }

    private static Refusal refusal(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Reject.class);
        return ((Verdict.Reject) verdict).refusal();
    }

    @Test
    void failsClosedWhereItEnforcesAndOpenWhereItOnlyObserves() {
        scene.rule(Mode.ENFORCE);
        assertThat(scene.guard.failMode()).isEqualTo(FailMode.CLOSED);

        scene.rule(Mode.OBSERVE);
        assertThat(scene.guard.failMode()).isEqualTo(FailMode.OPEN);
    }

    @Test
    void nothingGoesOutOnAPlainSessionAndTheSenderIsToldTheRule() {
        scene.rule(Mode.ENFORCE);

        Refusal refusal = refusal(scene.send(scene.plain(Direction.OUTGOING), BAD));

        assertThat(refusal.text())
                .isEqualTo(
                        "This server exchanges stanzas with bad.test only with encryption with TLS, TLS 1.2 or newer and"
                                + " a valid certificate, but the connection to it is not encrypted (rule federation.everybody).");
        assertThat(refusal.condition()).isEqualTo("policy-violation");
    }

    @Test
    void everythingGoesOutOnAGoodSession() {
        scene.rule(Mode.ENFORCE);

        assertThat(scene.send(scene.good(Direction.OUTGOING), GOOD)).isSameAs(Verdict.PASS);
        assertThat(scene.audit).isEmpty();
    }

    @Test
    void observePassesAndCountsAndSaysWhatItWouldHaveDone() {
        scene.rule(Mode.OBSERVE);

        assertThat(scene.send(scene.plain(Direction.OUTGOING), BAD)).isSameAs(Verdict.PASS);

        assertThat(scene.counters.snapshot())
                .containsEntry("federation.would-refuse", 1L)
                .containsEntry("federation.refused", 0L);
        assertThat(scene.audit)
                .singleElement()
                .extracting(AuditEvent::mode, AuditEvent::action, AuditEvent::subject)
                .containsExactly(Mode.OBSERVE, "stanza-refused", BAD);
    }

    @Test
    void eachFaultOfACertificateIsRefusedWithItsReason() {
        scene.rule(Mode.ENFORCE);
        ServerSession expired = Scene.session(
                Direction.OUTGOING,
                Set.of(GOOD),
                "TLSv1.3",
                CERTIFIED.chain(),
                "its certificate expired on 2002-01-01");
        ServerSession old = Scene.session(Direction.OUTGOING, Set.of("x.good.test"), "TLSv1", CERTIFIED.chain(), null);
        ServerSession wrongName = Scene.session(Direction.OUTGOING, Set.of(BAD), "TLSv1.3", CERTIFIED.chain(), null);

        assertThat(refusal(scene.send(expired, GOOD)).text()).contains("its certificate expired on 2002-01-01");
        assertThat(refusal(scene.send(old, "x.good.test")).text()).contains("older than 1.2");
        assertThat(refusal(scene.send(wrongName, BAD)).text()).contains("its certificate is for another domain");
    }

    @Test
    void aSecondDomainOnAGoodSessionIsJudgedByItsOwnName() {
        scene.rule(Mode.ENFORCE);
        MemoryServerSession shared =
                Scene.session(Direction.OUTGOING, Set.of(GOOD, "a.good.test", BAD), "TLSv1.3", CERTIFIED.chain(), null);

        assertThat(scene.send(shared, GOOD)).isSameAs(Verdict.PASS);
        assertThat(scene.send(shared, "a.good.test")).isSameAs(Verdict.PASS);
        assertThat(refusal(scene.send(shared, BAD)).text()).contains("another domain");
    }

    @Test
    void aSessionThatCannotBeReadIsRefused() {
        scene.rule(Mode.ENFORCE);
        ServerSession broken = mock(ServerSession.class);
        when(broken.id()).thenReturn("broken");
        when(broken.direction()).thenReturn(Direction.OUTGOING);
        when(broken.peerCertificates()).thenThrow(new HostException("gone"));

        assertThat(refusal(scene.send(broken, GOOD)).text()).contains("cannot be read");
    }

    @Test
    void aSessionThatCannotBeReadIsNoMatterWhereNothingIsDemanded() {
        scene.rule(Mode.ENFORCE, "{\"peers\":[\"other.test\"],\"certificate\":\"valid\"}");
        ServerSession broken = mock(ServerSession.class);
        when(broken.id()).thenReturn("broken");
        when(broken.direction()).thenReturn(Direction.OUTGOING);
        when(broken.peerCertificates()).thenThrow(new HostException("gone"));

        assertThat(scene.send(broken, GOOD)).isSameAs(Verdict.PASS);
    }

    @Test
    void ownDomainsAndComponentsAreNeverPoliced() {
        scene.rule(Mode.ENFORCE);
        String service = "rooms." + MemoryHost.DOMAIN;
        ServerSession plain = MemoryServerSession.plain(Direction.OUTGOING, service);

        assertThat(scene.send(plain, service)).isSameAs(Verdict.PASS);
    }

    @Test
    void nothingComesInOverAPlainSession() {
        scene.rule(Mode.ENFORCE);
        scene.plain(Direction.INCOMING);

        assertThat(refusal(scene.receive(BAD)).text()).contains("not encrypted");
    }

    @Test
    void stanzasOfAGoodIncomingSessionPass() {
        scene.rule(Mode.ENFORCE);
        scene.good(Direction.INCOMING);

        assertThat(scene.receive(GOOD)).isSameAs(Verdict.PASS);
    }

    @Test
    void aDomainWithAGoodAndABadIncomingSessionIsRefusedUntilTheBadOneIsClosed() {
        scene.rule(Mode.ENFORCE);
        scene.good(Direction.INCOMING);
        MemoryServerSession bad = scene.open(Scene.session(Direction.INCOMING, Set.of(GOOD), "", List.of(), "none"));

        assertThat(refusal(scene.receive(GOOD))).isNotNull();
        scene.closer.run();
        assertThat(bad.closed()).hasSize(1);
        scene.host.serverSessions().end(bad);

        assertThat(scene.receive(GOOD)).isSameAs(Verdict.PASS);
    }

    @Test
    void aStanzaWhoseSessionIsGoneIsRefused() {
        scene.rule(Mode.ENFORCE);

        assertThat(refusal(scene.receive(GOOD)).text()).contains("is gone");
    }

    @Test
    void theServersOwnErrorInTheNameOfAPeerItCouldNotReachPasses() {
        scene.rule(Mode.ENFORCE);
        Message bounce = Scene.message("juliet@" + BAD, "romeo@" + MemoryHost.DOMAIN);
        bounce.setType(Message.Type.error);

        assertThat(scene.receive(bounce)).isSameAs(Verdict.PASS);
    }

    @Test
    void aRuleForOneDirectionLeavesTheOtherAlone() {
        scene.rule(Mode.ENFORCE, Scene.body(",\"direction\":\"out\""));
        scene.plain(Direction.INCOMING);

        assertThat(scene.receive(BAD)).isSameAs(Verdict.PASS);
        assertThat(refusal(scene.send(scene.plain(Direction.OUTGOING), BAD))).isNotNull();
    }

    @Test
    void aChangedRuleActsOnSessionsThatWereJudgedBefore() {
        scene.rule(Mode.OBSERVE);
        MemoryServerSession plain = scene.plain(Direction.OUTGOING);
        assertThat(scene.send(plain, BAD)).isSameAs(Verdict.PASS);

        scene.rule(Mode.ENFORCE);
        assertThat(refusal(scene.send(plain, BAD))).isNotNull();

        scene.rule(Mode.OFF);
        assertThat(scene.send(plain, BAD)).isSameAs(Verdict.PASS);
    }

    @Test
    void whatPassesAndWhatIsStoppedIsCountedByPeer() throws Exception {
        scene.rule(Mode.ENFORCE);
        scene.send(scene.good(Direction.OUTGOING), GOOD);
        scene.send(scene.plain(Direction.OUTGOING), BAD);
        scene.good(Direction.INCOMING);
        scene.receive(GOOD);
        Message unreachable = Scene.message("juliet@gone.test", "romeo@" + MemoryHost.DOMAIN);
        unreachable.setType(Message.Type.error);
        scene.receive(unreachable);

        scene.history.look(scene.host.serverSessions().all());
        scene.history.flush();
        assertThat(scene.writer.flush(10_000)).isTrue();

        PeerDay good = scene.store.days(GOOD).get(0);
        assertThat(good.outgoing().stanzas()).isEqualTo(1);
        assertThat(good.incoming().stanzas()).isEqualTo(1);
        assertThat(good.users().count()).isEqualTo(1);
        assertThat(scene.store.days(BAD).get(0).outgoing().refused()).isEqualTo(1);
        assertThat(scene.store.days("gone.test").get(0).failures()).isEqualTo(1);
    }

    @Test
    void stanzasWithoutAddressesDoNotThrow() {
        scene.rule(Mode.ENFORCE);
        Message nowhere = new Message();

        assertThat(scene.receive(nowhere)).isInstanceOf(Verdict.Reject.class);
    }
}
