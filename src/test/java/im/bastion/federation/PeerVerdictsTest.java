// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation;

import static im.bastion.federation.Scene.GOOD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.spy;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import im.bastion.federation.policy.PeerVerdict;
import im.bastion.host.ServerSession;
import im.bastion.host.ServerSession.Direction;
import im.bastion.host.memory.MemoryServerSession;
import im.bastion.policy.Mode;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PeerVerdictsTest {
    private final Scene scene = new Scene();
    private final ServerSession session =
            spy(MemoryServerSession.trusted(Direction.OUTGOING, GOOD, Scene.CERTIFIED.chain()));

    @BeforeEach
    void enforce() {
        scene.rule(Mode.ENFORCE);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private PeerVerdict verdict() {
        return scene.verdicts.of(scene.policy.current(), session, GOOD);
    }

    @Test
    void aSessionIsReadOnceForEachPolicy() {
        PeerVerdict first = verdict();

        assertThat(verdict()).isSameAs(first);
        verify(session, times(1)).distrust();

        scene.rule(Mode.ENFORCE);
        verdict();
        verify(session, times(2)).distrust();
    }

    @Test
    void aVerdictIsMadeAnewWhenACertificateOfTheChainHasRunOut() {
        verdict();
        scene.clock.pass(Duration.ofDays(29));
        scene.verdicts.tidy(Set.of(session.id()), scene.clock.instant());
        clearInvocations(session);
        verdict();
        verify(session, never()).distrust();

        scene.clock.pass(Duration.ofDays(2));
        scene.verdicts.tidy(Set.of(session.id()), scene.clock.instant());
        verdict();

        verify(session, times(1)).distrust();
    }

    @Test
    void aSessionThatEndedIsForgotten() {
        verdict();
        scene.verdicts.tidy(Set.of(), scene.clock.instant());
        clearInvocations(session);

        verdict();

        verify(session, times(1)).distrust();
    }

    @Test
    void anEndlessSupplyOfDomainsIsJudgedButNotKept() {
        for (int i = 0; i < 1_100; i++) {
            scene.verdicts.of(scene.policy.current(), session, "d" + i + ".test");
        }
        clearInvocations(session);

        scene.verdicts.of(scene.policy.current(), session, "d0.test");
        verify(session, never()).distrust();
        scene.verdicts.of(scene.policy.current(), session, "d1099.test");
        verify(session, times(1)).distrust();
    }
}
