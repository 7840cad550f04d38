// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.federation.observe.PeerDay;
import im.bastion.federation.observe.Shape;
import im.bastion.federation.observe.Traffic;
import im.bastion.federation.observe.UserSketch;
import im.bastion.federation.policy.DemandReader;
import im.bastion.federation.policy.FederationPolicy;
import im.bastion.federation.tls.CipherSuite;
import im.bastion.federation.tls.NameMatch;
import im.bastion.federation.tls.StreamFacts;
import im.bastion.host.ServerSession.Authentication;
import im.bastion.host.ServerSession.Direction;
import im.bastion.host.ServerSession.Establishment;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.PolicyRow;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-11-24");
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final String ENCRYPTED = "\"certificate\":\"encrypted\",\"tls\":\"1.2\"";

    private static FederationPolicy policy(String... bodies) {
        return new FederationPolicy(
                Arrays.stream(bodies)
                        .map(body -> DemandReader.read(new PolicyRow(
                                new RuleId("federation.r" + Integer.toUnsignedString(body.hashCode())),
                                1,
                                Mode.ENFORCE,
                                "{" + body + "}",
                                "admin",
                                NOON)))
                        .toList(),
                Mode.ENFORCE);
    }

    /** As seen at noon of that day. */
    private static Shape shape(Direction direction, String protocol, long sessions, LocalDate day) {
        Instant seen = day.atTime(12, 0).toInstant(ZoneOffset.UTC);
        return new Shape(
                new StreamFacts(
                        direction,
                        "peer.test",
                        !protocol.isEmpty(),
                        protocol,
                        new CipherSuite(protocol.isEmpty() ? "" : "TLS_AES_256_GCM_SHA384"),
                        Establishment.STARTTLS,
                        Authentication.DIALBACK,
                        null,
                        Instant.MAX,
                        null,
                        NameMatch.NONE),
                "192.0.2.1",
                "",
                sessions,
                seen,
                seen);
    }

    private static PeerDay day(LocalDate day, Traffic in, Traffic out, Shape... shapes) {
        return new PeerDay("peer.test", day, List.of(shapes), 0, in, out, 0, UserSketch.NOBODY);
    }

    private static Traffic traffic(long stanzas, long refused) {
        return new Traffic(stanzas, 0, refused);
    }

    private static Impact simulate(FederationPolicy inForce, FederationPolicy draft, PeerDay... days) {
        Simulation simulation = new Simulation(inForce, draft, NOON);
        Arrays.stream(days).forEach(simulation::add);
        return simulation.result(TODAY.minusDays(29), TODAY);
    }

    @Test
    void countsWhatOneDirectionWouldLoseAndLeavesTheOtherAlone() {
        Impact impact = simulate(
                FederationPolicy.EMPTY,
                policy("\"peers\":[\"*\"]," + ENCRYPTED),
                day(
                        TODAY,
                        traffic(70, 0),
                        traffic(40, 0),
                        shape(Direction.INCOMING, "", 3, TODAY),
                        shape(Direction.OUTGOING, "TLSv1.3", 2, TODAY)));

        assertThat(impact.peers()).isEqualTo(1);
        assertThat(impact.sessions()).isEqualTo(5);
        assertThat(impact.changes()).singleElement().satisfies(peer -> {
            assertThat(peer.direction()).isEqualTo(Direction.INCOMING);
            assertThat(peer.change()).isEqualTo(Change.CUT_OFF);
            assertThat(peer.reason()).contains("not encrypted");
            assertThat(peer.refused()).isEqualTo(3);
            assertThat(peer.sessions()).isEqualTo(3);
            assertThat(peer.stanzas()).isEqualTo(70);
            assertThat(peer.upperBound()).isFalse();
            assertThat(peer.last()).isEqualTo(NOON);
        });
        assertThat(impact.stanzas()).isEqualTo(70);
    }

    @Test
    void aPeerThatHasMendedItsTlsIsNotCutOff() {
        LocalDate before = TODAY.minusDays(3);
        Impact impact = simulate(
                FederationPolicy.EMPTY,
                policy("\"peers\":[\"*\"]," + ENCRYPTED),
                day(before, traffic(5, 0), Traffic.NONE, shape(Direction.INCOMING, "TLSv1.1", 1, before)),
                day(TODAY, traffic(90, 0), Traffic.NONE, shape(Direction.INCOMING, "TLSv1.3", 1, TODAY)));

        assertThat(impact.peers(Change.CUT_OFF)).isZero();
        assertThat(impact.changes()).singleElement().satisfies(peer -> {
            assertThat(peer.change()).isEqualTo(Change.PARTLY);
            assertThat(peer.stanzas()).isEqualTo(5);
            assertThat(peer.refused()).isEqualTo(1);
            assertThat(peer.sessions()).isEqualTo(2);
        });
    }

    @Test
    void stanzasOfADayWithGoodAndBadSessionsAreAnUpperBound() {
        Impact impact = simulate(
                FederationPolicy.EMPTY,
                policy("\"peers\":[\"*\"]," + ENCRYPTED),
                day(
                        TODAY,
                        Traffic.NONE,
                        traffic(11, 0),
                        shape(Direction.OUTGOING, "TLSv1.3", 1, TODAY),
                        shape(Direction.OUTGOING, "", 1, TODAY)));

        assertThat(impact.changes()).singleElement().satisfies(peer -> {
            assertThat(peer.stanzas()).isEqualTo(11);
            assertThat(peer.upperBound()).isTrue();
        });
    }

    @Test
    void whatIsRefusedAlreadyIsNoChange() {
        FederationPolicy policy = policy("\"peers\":[\"*\"]," + ENCRYPTED);

        assertThat(simulate(
                                policy,
                                policy("\"peers\":[\"*\"],\"certificate\":\"encrypted\",\"tls\":\"1.3\""),
                                day(TODAY, traffic(0, 9), Traffic.NONE, shape(Direction.INCOMING, "", 1, TODAY)))
                        .changes())
                .isEmpty();
    }

    @Test
    void aWeakerDraftLetsAPeerInAgain() {
        Impact impact = simulate(
                policy("\"peers\":[\"*\"]," + ENCRYPTED),
                policy("\"peers\":[\"*\"]," + ENCRYPTED, "\"peers\":[\"peer.test\"],\"certificate\":\"none\""),
                day(TODAY, traffic(0, 9), Traffic.NONE, shape(Direction.INCOMING, "", 1, TODAY)));

        assertThat(impact.changes()).singleElement().satisfies(peer -> {
            assertThat(peer.change()).isEqualTo(Change.LET_IN);
            assertThat(peer.stanzas()).isEqualTo(9);
        });
        assertThat(impact.stanzas()).isZero();
    }

    @Test
    void anExceptionKeepsAPeerUntilItsDayIsOver() {
        String except = "\"peers\":[\"*\"]," + ENCRYPTED
                + ",\"exceptions\":[{\"peer\":\"peer.test\",\"reason\":\"r\",\"until\":\"%s\"}]";
        PeerDay day = day(TODAY, traffic(1, 0), Traffic.NONE, shape(Direction.INCOMING, "", 1, TODAY));

        assertThat(simulate(FederationPolicy.EMPTY, policy(except.formatted(TODAY)), day)
                        .changes())
                .isEmpty();
        assertThat(simulate(FederationPolicy.EMPTY, policy(except.formatted(TODAY.minusDays(1))), day)
                        .changes())
                .hasSize(1);
    }

    @Test
    void sessionsThatAreNotToldApartAreSaidToBeUnjudged() {
        PeerDay day = new PeerDay(
                "peer.test",
                TODAY,
                List.of(shape(Direction.INCOMING, "TLSv1.3", 1, TODAY)),
                40,
                Traffic.NONE,
                Traffic.NONE,
                0,
                UserSketch.NOBODY);

        Impact impact = simulate(FederationPolicy.EMPTY, policy("\"peers\":[\"*\"]," + ENCRYPTED), day);

        assertThat(impact.untold()).isEqualTo(40);
        assertThat(impact.sessions()).isEqualTo(41);
        assertThat(impact.changes()).isEmpty();
    }
}
