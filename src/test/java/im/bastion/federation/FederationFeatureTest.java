// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation;

import static im.bastion.federation.Scene.BAD;
import static im.bastion.federation.Scene.GOOD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.bastion.certificate.TestCertificate;
import im.bastion.certificate.TestKeys;
import im.bastion.federation.key.KeyAlert;
import im.bastion.federation.key.KeyChange;
import im.bastion.federation.key.KeyWatch;
import im.bastion.federation.policy.PeerVerdict;
import im.bastion.host.Point;
import im.bastion.host.ServerSession.Direction;
import im.bastion.host.memory.MemoryServerSession;
import im.bastion.policy.Mode;
import java.security.KeyPair;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FederationFeatureTest {
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final KeyPair KEYS = TestKeys.make();

    private final Scene scene = new Scene();
    private final FederationFeature feature = new FederationFeature(
            scene.host,
            scene.settings,
            scene.policies,
            scene.audit::add,
            scene.counters,
            scene.health,
            scene.clock,
            scene.records);

    @AfterEach
    void close() {
        feature.close();
        scene.close();
    }

    @Test
    void aRuleChangedWhileItRunsClosesSessionsThatNoStanzaTried() {
        MemoryServerSession bad = scene.plain(Direction.INCOMING);
        scene.settings.set(FederationSettings.MODE, Mode.ENFORCE);
        feature.start();
        assertThat(bad.closed()).isEmpty();

        scene.policies.change(Scene.RULE, Mode.ENFORCE, Scene.EVERYBODY, "admin");

        await().untilAsserted(() -> assertThat(bad.closed()).hasSize(1));
    }

    @Test
    void theGuardsModeActsWithoutARestart() {
        scene.policies.put(Scene.RULE, Mode.ENFORCE, Scene.EVERYBODY);
        scene.settings.set(FederationSettings.MODE, Mode.OFF);
        feature.start();
        assertThat(feature.guard().interests(Point.LEAVING)).isZero();

        scene.settings.set(FederationSettings.MODE, Mode.OBSERVE);

        assertThat(feature.guard().interests(Point.LEAVING)).isNotZero();
    }

    @Test
    void showsEverySessionWithWhatIsWrongWithItRuleOrNot() {
        scene.plain(Direction.INCOMING);
        scene.good(Direction.OUTGOING);
        feature.start();

        List<PeerSession> rows = feature.services().sessions().get();

        assertThat(rows).hasSize(2);
        PeerSession bad = rows.stream()
                .filter(row -> row.remoteDomain().equals(BAD))
                .findFirst()
                .orElseThrow();
        assertThat(bad.findings()).first().asString().contains("not encrypted");
        assertThat(bad.certificate()).isNull();
        assertThat(bad.standing()).isEqualTo(PeerVerdict.Standing.NOT_POLICED);
        PeerSession good = rows.stream()
                .filter(row -> row.remoteDomain().equals(GOOD))
                .findFirst()
                .orElseThrow();
        assertThat(good.findings()).isEmpty();
        assertThat(good.tlsProtocol()).isEqualTo("TLSv1.3");
        assertThat(good.certificate().subject()).isEqualTo("CN=good.test");
        assertThat(good.certificate().names()).containsExactly("dNSName: good.test", "dNSName: *.good.test");
    }

    @Test
    void tellsOfTheOwnCertificateAndThatItIsOverWhenItIsReplaced() {
        scene.host
                .serverCertificates()
                .present(TestCertificate.of("home").usage(SERVER_AUTH).selfSigned(KEYS));
        feature.start();
        KeyWatch keys = feature.services().keys();
        await().untilAsserted(() -> assertThat(keys.alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.change()).isEqualTo(KeyChange.OWN_NOT_FOR_CLIENTS);
            assertThat(alert.isOpen()).isTrue();
        }));

        scene.host
                .serverCertificates()
                .present(TestCertificate.of("home")
                        .usage(SERVER_AUTH)
                        .usage("1.3.6.1.5.5.7.3.2")
                        .selfSigned(KEYS));

        await().untilAsserted(
                        () -> assertThat(keys.alerts()).singleElement().satisfies(alert -> assertThat(alert.state())
                                .isEqualTo(KeyAlert.State.OVER)));
    }

    @Test
    void leavesNothingBehind() {
        feature.start();
        feature.close();
        feature.close();

        assertThat(scene.policies.listeners()).isZero();
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("bastion-federation")));
    }
}
