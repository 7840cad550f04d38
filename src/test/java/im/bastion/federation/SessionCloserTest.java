// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation;

import static im.bastion.federation.Scene.BAD;
import static im.bastion.federation.Scene.GOOD;
import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.audit.AuditEvent;
import im.bastion.host.ServerSession.Direction;
import im.bastion.host.memory.MemoryServerSession;
import im.bastion.policy.Mode;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionCloserTest {
    private final Scene scene = new Scene().rule(Mode.ENFORCE);

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void aRefusedOutgoingSessionIsClosedAfterTheRetryPauseWithTheReason() {
        MemoryServerSession bad = scene.plain(Direction.OUTGOING);
        scene.closer.consider(bad);

        scene.clock.pass(Duration.ofSeconds(4));
        scene.closer.run();
        assertThat(bad.closed()).isEmpty();

        scene.clock.pass(Duration.ofSeconds(1));
        scene.closer.run();
        assertThat(bad.closed()).singleElement().asString().contains("TLS 1.2 or newer and a valid certificate");
        assertThat(scene.audit).extracting(AuditEvent::action).containsExactly("session-closed");
    }

    @Test
    void aRefusedIncomingSessionIsClosedAtOnce() {
        MemoryServerSession bad = scene.plain(Direction.INCOMING);
        scene.closer.consider(bad);

        scene.closer.run();

        assertThat(bad.closed()).hasSize(1);
    }

    @Test
    void aSessionWithOneAllowedDomainStaysOpen() {
        MemoryServerSession shared =
                Scene.session(Direction.INCOMING, Set.of(GOOD, BAD), "TLSv1.3", Scene.CERTIFIED.chain(), null);
        scene.closer.consider(shared);

        scene.closer.run();

        assertThat(shared.closed()).isEmpty();
    }

    @Test
    void aSessionThatARuleChangeMadeGoodAgainStaysOpen() {
        MemoryServerSession bad = scene.plain(Direction.INCOMING);
        scene.closer.consider(bad);
        scene.rule(Mode.OBSERVE);

        scene.closer.run();

        assertThat(bad.closed()).isEmpty();
    }

    @Test
    void theSameSessionIsClosedOnlyOnceHoweverOftenItIsRefused() {
        MemoryServerSession bad = scene.plain(Direction.INCOMING);
        scene.closer.consider(bad);
        scene.closer.consider(bad);

        scene.closer.run();
        scene.closer.run();

        assertThat(bad.closed()).hasSize(1);
    }
}
