// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation;

import static im.bastion.federation.Scene.BAD;
import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.audit.AuditEvent;
import im.bastion.host.ServerSession;
import im.bastion.host.ServerSession.Direction;
import im.bastion.host.memory.MemoryServerSession;
import im.bastion.policy.Mode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DecisionLogTest {
    private final Scene scene = new Scene().rule(Mode.ENFORCE);

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void theFirstRefusalIsReportedAtOnceAndTheOthersAsOneCount() {
        ServerSession bad = scene.plain(Direction.OUTGOING);
        for (int i = 0; i < 40; i++) {
            scene.send(bad, BAD);
        }
        assertThat(scene.audit).hasSize(1);
        assertThat(scene.audit.get(0).detail()).isEqualTo("to bad.test: the connection to it is not encrypted");
        assertThat(scene.audit.get(0).ruleVersion()).isEqualTo(1);
        assertThat(scene.audit.get(0).mode()).isEqualTo(Mode.ENFORCE);

        scene.log.flush();

        assertThat(scene.audit).extracting(AuditEvent::detail).last().asString().startsWith("39 more of these: ");
        assertThat(scene.counters.snapshot()).containsEntry("federation.refused", 40L);
    }

    @Test
    void afterAQuietMinuteTheNextOneIsNewsAgain() {
        ServerSession bad = scene.plain(Direction.OUTGOING);
        scene.send(bad, BAD);
        scene.log.flush();

        scene.send(bad, BAD);

        assertThat(scene.audit).hasSize(2);
        assertThat(scene.audit.get(1).detail()).startsWith("to bad.test");
    }

    @Test
    void endlesslyManyDomainsAreCountedTogether() {
        for (int i = 0; i < 10_050; i++) {
            scene.send(MemoryServerSession.plain(Direction.OUTGOING, "d" + i + ".test"), "d" + i + ".test");
        }
        assertThat(scene.audit).hasSize(10_000);

        scene.log.flush();

        assertThat(scene.audit).last().extracting(AuditEvent::detail).asString().startsWith("50 decisions");
    }
}
