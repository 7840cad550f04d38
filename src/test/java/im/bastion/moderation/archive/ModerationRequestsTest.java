// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.archive;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.host.Affiliation;
import im.bastion.host.Role;
import im.bastion.host.StanzaXml;
import im.bastion.host.memory.MemoryHost;
import im.bastion.moderation.archive.Retractions.Actor;
import im.bastion.moderation.archive.Retractions.Outcome;
import im.bastion.policy.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;

class ModerationRequestsTest {
    private static final String CURRENT = "<moderate xmlns='urn:xmpp:message-moderate:1' id='%s'>"
            + "<retract xmlns='urn:xmpp:message-retract:1'/><reason>spam</reason></moderate>";
    private static final String OLDER = "<apply-to xmlns='urn:xmpp:fasten:0' id='%s'>"
            + "<moderate xmlns='urn:xmpp:message-moderate:0'><retract xmlns='urn:xmpp:message-retract:0'/>"
            + "<reason>spam</reason></moderate></apply-to>";

    private final MemoryHost host = new MemoryHost();
    private final JID owner = host.users().register("owner");
    private final JID den = host.rooms().create("den", owner);
    private final JID mod = new JID("mod@away.example/phone");
    private final List<String> asked = new ArrayList<>();
    private Outcome outcome = Outcome.DONE;
    private final ModerationRequests requests =
            new ModerationRequests(host, new Recorded(), new RoomIds(host.properties(), host.rooms()));

    @BeforeEach
    void enter() {
        host.rooms().enter(den, mod, "Mod");
        host.rooms().assign(den, mod, Role.MODERATOR);
    }

    @AfterEach
    void close() {
        host.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {CURRENT, OLDER})
    void aModeratorRetractsInEitherVersion(String form) {
        Verdict verdict = ask(mod, form.formatted("sid-1"));

        assertThat(verdict).isSameAs(Verdict.SWALLOW);
        assertThat(asked).containsExactly(den + " sid-1 mod@away.example spam");
        IQ answer = (IQ) host.stanzas().sent().get(0);
        assertThat(answer.getType()).isEqualTo(IQ.Type.result);
        assertThat(answer.getID()).isEqualTo("q1");
        assertThat(answer.getTo()).isEqualTo(mod);
        assertThat(answer.getFrom()).isEqualTo(den);
    }

    @ParameterizedTest
    @CsvSource({
        "ALREADY,,",
        "UNKNOWN, item-not-found, cancel",
        "PROTECTED, forbidden, auth",
        "BUSY, resource-constraint, wait",
        "FAILED, internal-server-error, wait"
    })
    void saysWhatBecameOfIt(Outcome became, String condition, String type) {
        outcome = became;
        ask(mod, CURRENT.formatted("sid-1"));

        IQ answer = (IQ) host.stanzas().sent().get(0);
        if (condition == null) {
            assertThat(answer.getType()).isEqualTo(IQ.Type.result);
        } else {
            assertThat(answer.toXML()).contains("<" + condition + " ").contains("type=\"" + type + "\"");
        }
    }

    @Test
    void ownersAdminsAndServerAdminsNeedNotBeInside() {
        JID admin = new JID("admin@away.example/x");
        host.rooms().affiliate(den, admin, Affiliation.ADMIN);
        for (JID asker :
                List.of(new JID("owner@home.example/x"), admin, host.users().registerAdmin("root"))) {
            assertThat(ask(asker, CURRENT.formatted("sid-1"))).isSameAs(Verdict.SWALLOW);
        }
    }

    @Test
    void nobodyElseMayAsk() {
        JID participant = new JID("sam@away.example/phone");
        host.rooms().enter(den, participant, "Sam");
        JID visitor = new JID("vic@away.example/phone");
        host.rooms().enter(den, visitor, "Vic");
        host.rooms().assign(den, visitor, Role.VISITOR);
        JID banned = new JID("bad@away.example/phone");
        host.rooms().affiliate(den, banned, Affiliation.OUTCAST);
        JID member = new JID("mem@away.example/phone");
        host.rooms().affiliate(den, member, Affiliation.MEMBER);
        JID adminElsewhere = new JID("else@away.example/phone");
        host.rooms().affiliate(host.rooms().create("attic", owner), adminElsewhere, Affiliation.ADMIN);
        JID otherDevice = new JID("mod@away.example/tablet");

        for (JID asker : List.of(participant, visitor, banned, member, adminElsewhere, otherDevice)) {
            assertThat(error(ask(asker, CURRENT.formatted("sid-1")))).contains("<forbidden ");
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void whoIsNoLongerAModeratorMayNotAsk() {
        host.rooms().assign(den, mod, Role.PARTICIPANT);
        assertThat(error(ask(mod, OLDER.formatted("sid-1")))).contains("<forbidden ");

        host.rooms().assign(den, mod, Role.MODERATOR);
        host.rooms().leave(den, mod);
        assertThat(error(ask(mod, OLDER.formatted("sid-1")))).contains("<forbidden ");
        assertThat(asked).isEmpty();
    }

    @Test
    void anIdIsNeededAndHasALimit() {
        for (String id : List.of("", "  ", "x".repeat(257), "x".repeat(1_000_000))) {
            for (String form : List.of(CURRENT, OLDER)) {
                assertThat(error(ask(mod, form.formatted(id))))
                        .contains("<bad-request ")
                        .contains("\"id\"");
            }
        }
        assertThat(error(ask(mod, CURRENT.replace(" id='%s'", "")))).contains("<bad-request ");
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<moderate xmlns='urn:xmpp:message-moderate:1' id='sid-1'/>",
                "<moderate xmlns='urn:xmpp:message-moderate:0' id='sid-1'><retract xmlns='urn:xmpp:message-retract:0'/></moderate>",
                "<apply-to xmlns='urn:xmpp:fasten:0' id='sid-1'><retract xmlns='urn:xmpp:message-retract:0'/></apply-to>",
                "<apply-to xmlns='urn:xmpp:fasten:0' id='sid-1'/>",
                "<query xmlns='jabber:iq:version'/>"
            })
    void otherRequestsAreTheHosts(String other) {
        assertThat(ask(mod, other)).isNull();
        assertThat(asked).isEmpty();
    }

    @Test
    void askingWithAGetOrTheServiceIsTheHosts() {
        IQ get = request(mod, CURRENT.formatted("sid-1"));
        get.setType(IQ.Type.get);

        assertThat(requests.answer(get, mod, den)).isNull();
        assertThat(requests.answer(request(mod, CURRENT.formatted("sid-1")), mod, new JID(null, den.getDomain(), null)))
                .isNull();
        assertThat(asked).isEmpty();
    }

    @Test
    void announcesWhatItCanDo() {
        assertThat(requests.features())
                .contains(
                        "urn:xmpp:message-moderate:0",
                        "urn:xmpp:message-moderate:1",
                        "urn:xmpp:message-retract:1",
                        "urn:xmpp:message-retract:1#tombstone",
                        "urn:xmpp:sid:0",
                        "urn:xmpp:occupant-id:0");
    }

    private Verdict ask(JID asker, String xml) {
        return requests.answer(request(asker, xml), asker, den);
    }

    private IQ request(JID asker, String xml) {
        IQ request = new IQ(IQ.Type.set, "q1");
        request.setFrom(asker);
        request.setTo(den);
        request.setChildElement(StanzaXml.parse(xml));
        return request;
    }

    private static String error(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Answer.class);
        return ((Verdict.Answer) verdict)
                .answer()
                .getElement()
                .element("error")
                .asXML()
                .replace("&quot;", "\"");
    }

    /** Writes down what is asked, and says it became what the test wants. */
    private final class Recorded implements Retractions {
        @Override
        public void retract(JID room, String stanzaId, Actor by, String reason, Done done) {
            asked.add(room + " " + stanzaId + " " + by.name() + " " + reason);
            done.told(outcome, List.of());
        }

        @Override
        public void retractAll(JID room, JID author, Instant since, Actor by, String reason, Done done) {
            throw new AssertionError();
        }

        @Override
        public void retractPassed(List<Long> eventKeys, Actor by, String reason, Done done) {
            throw new AssertionError();
        }

        @Override
        public void undo(String retractionId, Actor by, Done done) {
            throw new AssertionError();
        }

        @Override
        public List<Retraction> latest(JID room, Instant before, int max) {
            throw new AssertionError();
        }

        @Override
        public Optional<Retraction> find(String retractionId) {
            throw new AssertionError();
        }
    }
}
