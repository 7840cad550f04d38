// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.relay.stun.StunMethod;
import im.bastion.relay.stun.UnsignedAttribute;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AllocationTablePropertyTest {
    /** What a client does, or how much time passes. */
    record Step(int client, int user, int action) {}

    /** The sockets themselves fail when an address is served twice. */
    @Property(tries = 200)
    void noRelayedAddressIsBookedTwiceAndThePlacesAddUp(@ForAll("steps") List<Step> steps) {
        TurnStage stage = new TurnStage();
        Map<Integer, TurnStage.Client> clients = new HashMap<>();
        for (Step step : steps) {
            InetSocketAddress at = TurnStage.address("192.0.2.20", 1_000 + step.client());
            if (step.action() == 3) {
                stage.pass(Duration.ofSeconds(200));
                clients.clear();
            }
            TurnStage.Client client = clients.computeIfAbsent(
                    step.client() * 10 + step.user(), key -> stage.client(at, "user" + step.user()));
            switch (step.action()) {
                case 0 -> client.ask(StunMethod.ALLOCATE, TurnStage.UDP);
                case 1 -> client.ask(StunMethod.REFRESH, UnsignedAttribute.lifetime(0));
                case 2 -> client.ask(StunMethod.REFRESH, UnsignedAttribute.lifetime(700));
                default -> stage.server.expire(stage.now());
            }
            assertThat(stage.quota.total()).isEqualTo(stage.sockets.open.size()).isLessThanOrEqualTo(6);
        }
        stage.server.close();
        assertThat(stage.quota.total()).isZero();
        assertThat(stage.sockets.open).isEmpty();
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 7),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 3))
                .as(Step::new)
                .list()
                .ofMaxSize(60);
    }
}
