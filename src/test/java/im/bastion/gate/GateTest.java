// SPDX-License-Identifier: Apache-2.0
package im.bastion.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import im.bastion.host.Point;
import im.bastion.host.Rooms;
import im.bastion.host.ServerSession;
import im.bastion.host.ServerSessions;
import im.bastion.host.Traffic;
import im.bastion.metric.Counters;
import im.bastion.policy.FailMode;
import im.bastion.policy.Refusal;
import im.bastion.policy.RuleId;
import im.bastion.policy.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.dom4j.DocumentHelper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;
import org.xmpp.packet.PacketError;
import org.xmpp.packet.Presence;

class GateTest {
    private static final RuleId RULE = new RuleId("moderation.listed-phrase");
    private static final Refusal REFUSAL = Refusal.policyViolation(RULE, "Not here, please.");

    private final Counters counters = new Counters();
    private final Rooms rooms = mock(Rooms.class);
    private final ServerSessions sessions = mock(ServerSessions.class);
    private final List<String> asked = new ArrayList<>();

    @BeforeEach
    void aServerWithOneRoomService() {
        when(rooms.serviceDomains()).thenReturn(Set.of("rooms.home.example"));
        when(sessions.isLocal("home.example")).thenReturn(true);
        when(sessions.isLocal("rooms.home.example")).thenReturn(true);
    }

    @Test
    void asksOnlyTheGuardsThatWantTheClassOfTheStanza() {
        Gate gate = gate(
                guard("room", Interest.ROOM, FailMode.OPEN, p -> Verdict.PASS),
                guard("pep", Interest.PEP, FailMode.OPEN, p -> Verdict.PASS));

        gate.look(Point.ENTERING, message("kim@home.example/a", "den@rooms.home.example"), null, null);
        gate.look(Point.ENTERING, message("kim@home.example/a", "lee@home.example"), null, null);

        assertThat(asked).containsExactly("room");
    }

    @Test
    void asksNobodyAboutTheCopiesOfWhatWasSaidInARoom() {
        Gate gate = gate(
                guard("all", Interest.ROOM | Interest.MESSAGE | Interest.TO_PEER, FailMode.OPEN, p -> Verdict.PASS));
        Message copy = message("den@rooms.home.example/Kim", "lee@home.example/x");
        copy.setType(Message.Type.groupchat);

        gate.look(Point.ENTERING, copy, null, null);
        gate.look(Point.HANDLED, copy, null, null);
        gate.look(Point.DELIVERING, copy, new JID("lee@home.example/x"), null);
        assertThat(asked).isEmpty();

        gate.look(Point.LEAVING, copy, null, null);
        assertThat(asked).containsExactly("all");
    }

    @Test
    void stopsAtTheFirstGuardThatRefusesAndTellsTheSenderOnce() {
        Gate gate = gate(
                guard("first", Interest.ROOM, FailMode.OPEN, p -> Verdict.reject(REFUSAL)),
                guard("second", Interest.ROOM, FailMode.OPEN, p -> Verdict.PASS));
        Message message = message("kim@home.example/a", "den@rooms.home.example");
        message.setID("m1");

        Traffic.Stop stop = gate.look(Point.ENTERING, message, null, null);

        assertThat(asked).containsExactly("first");
        assertThat(stop.answer().getTo()).hasToString("kim@home.example/a");
        assertThat(stop.answer().getFrom()).hasToString("den@rooms.home.example");
        assertThat(stop.answer().getID()).isEqualTo("m1");
        assertThat(stop.answer().getElement().element("error").element("policy-violation"))
                .isNotNull();
        assertThat(stop.answer().getElement().attributeValue("type")).isEqualTo("error");
        assertThat(stop.answer().getError().getText()).isEqualTo("Not here, please.");
        assertThat(counters.snapshot()).containsEntry("gate.stopped", 1L);
    }

    @Test
    void tellsProgramsWhatTheDefinedConditionCannot() {
        Refusal refusal = new Refusal(
                REFUSAL.rule(), "conflict", "cancel", "Not so.", new Refusal.Specific("not-met", "urn:test:errors"));
        Gate gate = gate(guard("room", Interest.ROOM, FailMode.OPEN, p -> Verdict.reject(refusal)));

        Traffic.Stop stop =
                gate.look(Point.ENTERING, message("kim@home.example/a", "den@rooms.home.example"), null, null);

        assertThat(stop.answer()
                        .getElement()
                        .element("error")
                        .element("not-met")
                        .getNamespaceURI())
                .isEqualTo("urn:test:errors");
    }

    @Test
    void neverAnswersAnErrorOrAResult() {
        Gate gate = gate(guard("peer", Interest.TO_PEER, FailMode.CLOSED, p -> Verdict.reject(REFUSAL)));
        Message error = message("kim@home.example/a", "lee@away.example");
        error.setError(PacketError.Condition.item_not_found);
        IQ result = new IQ(IQ.Type.result);
        result.setFrom("kim@home.example/a");
        result.setTo("lee@away.example");
        Presence presenceError = new Presence(Presence.Type.error);
        presenceError.setFrom("kim@home.example/a");

        for (Packet answer : List.of(error, result, presenceError)) {
            assertThat(gate.look(Point.LEAVING, answer, null, mock(ServerSession.class)))
                    .isEqualTo(Traffic.Stop.SILENTLY);
        }
    }

    @Test
    void tellsTheClientOfASenderlessStanzaAndNobodyWhenThereIsNone() {
        Gate gate = gate(guard("room", Interest.ROOM, FailMode.OPEN, p -> Verdict.reject(REFUSAL)));
        JID client = new JID("kim@home.example/a");

        assertThat(gate.look(Point.ENTERING, message(null, "den@rooms.home.example"), client, null)
                        .answer()
                        .getTo())
                .isEqualTo(client);
        assertThat(gate.look(Point.ENTERING, message(null, "den@rooms.home.example"), null, null))
                .isEqualTo(Traffic.Stop.SILENTLY);
    }

    @Test
    void letsPassWhenAGuardThatFailsOpenThrows() {
        Gate gate = gate(
                guard("broken", Interest.ROOM, FailMode.OPEN, p -> {
                    throw new IllegalStateException("deliberate");
                }),
                guard("next", Interest.ROOM, FailMode.OPEN, p -> Verdict.PASS));

        assertThat(gate.look(Point.ENTERING, message("a@b.example", "den@rooms.home.example"), null, null))
                .isNull();
        assertThat(asked).containsExactly("broken", "next");
        assertThat(counters.snapshot()).containsEntry("gate.faults", 1L).containsEntry("broken.faults", 1L);
    }

    @Test
    void refusesWhenAGuardThatFailsClosedThrows() {
        Gate gate = gate(guard("broken", Interest.TO_PEER, FailMode.CLOSED, p -> {
            throw new IllegalStateException("deliberate");
        }));

        Traffic.Stop stop = gate.look(
                Point.LEAVING, message("kim@home.example/a", "lee@away.example"), null, mock(ServerSession.class));

        assertThat(stop.answer().getError().getCondition()).isEqualTo(PacketError.Condition.internal_server_error);
        assertThat(stop.answer().getError().getText()).contains("broken");
    }

    @Test
    void anErrorOfTheMachineIsAFaultLikeAnyOther() {
        Gate gate = gate(guard("broken", Interest.TO_PEER, FailMode.CLOSED, p -> {
            throw new NoSuchMethodError("deliberate");
        }));

        assertThat(gate.look(Point.LEAVING, message("a@b.example", "c@d.example"), null, mock(ServerSession.class)))
                .isNotNull();
    }

    @Test
    void failsClosedAlsoWhenAGuardCannotSayWhatItWants() {
        Guard broken = mock(Guard.class);
        when(broken.interests(Point.LEAVING)).thenThrow(new IllegalStateException("deliberate"));
        when(broken.failMode()).thenReturn(FailMode.CLOSED);

        assertThat(gate(broken)
                        .look(
                                Point.LEAVING,
                                message("kim@home.example/a", "lee@away.example"),
                                null,
                                mock(ServerSession.class)))
                .isEqualTo(Traffic.Stop.SILENTLY);
    }

    @Test
    void failsClosedAlsoWhenTheStanzaCannotBeClassified() {
        when(rooms.serviceDomains()).thenThrow(new IllegalStateException("deliberate"));
        Gate open = gate(guard("room", Interest.ROOM, FailMode.OPEN, p -> Verdict.PASS));
        Gate closed = gate(
                guard("room", Interest.ROOM, FailMode.OPEN, p -> Verdict.PASS),
                guard("peer", Interest.TO_PEER, FailMode.CLOSED, p -> Verdict.PASS));

        assertThat(open.look(Point.LEAVING, message("a@b.example", "c@d.example"), null, null))
                .isNull();
        assertThat(closed.look(Point.LEAVING, message("a@b.example", "c@d.example"), null, null))
                .isEqualTo(Traffic.Stop.SILENTLY);
    }

    @Test
    void swallowsWithoutAWordWhenAGuardHasAnsweredItself() {
        Gate gate = gate(guard("room", Interest.ROOM, FailMode.OPEN, p -> Verdict.SWALLOW));

        assertThat(gate.look(Point.ENTERING, message("a@b.example", "den@rooms.home.example"), null, null))
                .isEqualTo(Traffic.Stop.SILENTLY);
    }

    @Test
    void survivesStanzasThatAreEmptyHugeOrWithoutAddresses() {
        Gate gate = gate(guard("all", -1, FailMode.CLOSED, p -> Verdict.PASS));
        Message children = message("a@b.example", "den@rooms.home.example");
        for (int i = 0; i < 10_000; i++) {
            children.getElement().addElement("x", "urn:example:" + i);
        }
        Message large = message("a@b.example", "den@rooms.home.example");
        large.setBody("x".repeat(1_000_000));
        IQ childless = new IQ(IQ.Type.set);
        IQ odd = new IQ(DocumentHelper.createElement("iq"), true);

        for (Packet stanza : List.of(children, large, childless, odd, new Message(), new Presence())) {
            for (Point point : Point.values()) {
                assertThat(gate.look(point, stanza, null, null)).isNull();
            }
        }
        assertThat(counters.snapshot()).containsEntry("gate.faults", 0L);
    }

    private Gate gate(Guard... guards) {
        return new Gate("home.example", rooms, sessions, List.of(guards), counters);
    }

    private Guard guard(String name, int interests, FailMode failMode, Function<Passage, Verdict> judge) {
        return new Guard() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public FailMode failMode() {
                return failMode;
            }

            @Override
            public int interests(Point point) {
                return interests;
            }

            @Override
            public Verdict judge(Passage passage) {
                asked.add(name);
                return judge.apply(passage);
            }
        };
    }

    private static Message message(String from, String to) {
        Message message = new Message();
        if (from != null) {
            message.setFrom(from);
        }
        message.setTo(to);
        message.setBody("hello");
        return message;
    }
}
