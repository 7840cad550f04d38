// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption;

import static im.bastion.encryption.EncryptionStage.JULIET;
import static im.bastion.encryption.EncryptionStage.REMOTE;
import static im.bastion.encryption.EncryptionStage.ROMEO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.bastion.gate.Interest;
import im.bastion.host.Point;
import im.bastion.host.StanzaXml;
import im.bastion.metric.Health;
import im.bastion.policy.Mode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;

/** Who is judged, by which rule, and what people are told; through the gate. */
class EncryptionGuardTest {
    private static final String CLEAR = Sample.body("noon");
    private static final String REQUIRE = "\"schemes\":{\"omemo-2\":\"require\"}";

    private final EncryptionStage stage = new EncryptionStage();

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void theErrorNamesTheSchemeTheRuleAndWhatToDo() {
        stage.rule("all", "{\"domains\":[\"home.example\"],\"schemes\":{\"omemo-2\":\"require\",\"ox\":\"allow\"}}");

        assertThat(stage.says(JULIET, CLEAR)).isFalse();

        Packet error = stage.host.stanzas().sent().get(0);
        assertThat(error.getTo()).isEqualTo(ROMEO);
        assertThat(error.getFrom()).isEqualTo(new JID(JULIET));
        assertThat(error.getID()).isEqualTo("m1");
        assertThat(error.getElement().element("error").attributeValue("type")).isEqualTo("modify");
        assertThat(error.getElement().element("error").element("policy-violation"))
                .isNotNull();
        assertThat(stage.error())
                .isEqualTo(
                        "Not delivered: home.example requires end-to-end encryption with OMEMO 2 or OpenPGP (OX) here,"
                                + " and its text was not encrypted (rule encryption.all). Switch on OMEMO 2 or OpenPGP (OX) for"
                                + " this chat and send it again.");
    }

    @Test
    void eachKindOfObjectionHasItsWords() {
        stage.rule("all", EncryptionStage.ALL_OMEMO.replace("}}", ",\"otr\":\"forbid\"}}"));

        assertThat(refusal(Sample.omemo2() + CLEAR))
                .contains("beside the encrypted message", "its text", "without that");
        assertThat(refusal("<encrypted xmlns='urn:xmpp:omemo:2'/>")).contains("says it is encrypted with OMEMO 2");
        assertThat(refusal(Sample.ox("encrypted")))
                .contains("with OMEMO (legacy) or OMEMO 2 here", "was encrypted with OpenPGP (OX)", "Choose");
        assertThat(refusal(Sample.body(Sample.otr())))
                .contains("does not permit messages encrypted with OTR", "Switch the encryption off");
        assertThat(refusal(Sample.ox("signed"))).contains("signed but not encrypted");
    }

    @Test
    void aRoomsRuleIsForTheRoomAndTheErrorComesFromIt() {
        stage.rule("den", "{\"rooms\":[\"" + stage.room + "\"]," + REQUIRE + "}");

        assertThat(stage.says(stage.room.toString(), "groupchat", CLEAR)).isFalse();
        assertThat(stage.host.stanzas().sent().get(0).getFrom()).isEqualTo(stage.room);
        assertThat(stage.says(stage.room + "/Juliet", "chat", CLEAR)).isFalse();
        assertThat(stage.says("other@conference.home.example", "groupchat", CLEAR))
                .isTrue();
        assertThat(stage.says(JULIET, CLEAR)).isTrue();
        assertThat(stage.arrives(REMOTE, stage.room.toString(), "groupchat", CLEAR))
                .isFalse();
    }

    @Test
    void whatARoomHandsOutIsNotJudgedAgain() {
        stage.rule("all", EncryptionStage.ALL_OMEMO);

        assertThat(stage.arrives(stage.room + "/Romeo", JULIET, "groupchat", CLEAR))
                .isTrue();
        assertThat(stage.arrives("den@conference.away.example/Mercutio", JULIET, "groupchat", CLEAR))
                .isTrue();
    }

    @Test
    void whatTheServerItselfSendsIsNotJudged() {
        stage.rule("all", EncryptionStage.ALL_OMEMO);

        assertThat(stage.arrives("home.example", JULIET, "headline", CLEAR)).isTrue();
        assertThat(stage.arrives("romeo@home.example", JULIET, "chat", CLEAR)).isTrue();
        assertThat(stage.arrives("away.example", JULIET, "headline", CLEAR)).isTrue();
    }

    @Test
    void whatAClientSaysToTheServerIsNotJudged() {
        stage.rule("all", EncryptionStage.ALL_OMEMO);

        assertThat(stage.says("home.example", CLEAR)).isTrue();
        assertThat(stage.says("conference.home.example", CLEAR)).isTrue();
    }

    @Test
    void aMessageForManyIsJudgedForEachOfThem() {
        stage.rule("juliet", "{\"users\":[\"juliet@home.example\"]," + REQUIRE + "}");
        String addresses = "<addresses xmlns='http://jabber.org/protocol/address'>%s</addresses>" + CLEAR;

        assertThat(stage.says("home.example", addresses.formatted("<address type='to' jid='nurse@home.example'/>")))
                .isTrue();
        assertThat(stage.says(
                        "home.example",
                        addresses.formatted("<address type='to' jid='nurse@home.example'/><address type='to' jid='@@'/>"
                                + "<address type='bcc' jid='" + JULIET + "'/>")))
                .isFalse();
    }

    @Test
    void aMessageToOneselfIsAConversationToo() {
        stage.rule("all", EncryptionStage.ALL_OMEMO);

        assertThat(stage.says(null, CLEAR)).isFalse();
        assertThat(stage.says(null, Sample.omemo2())).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Rule for …                             | with juliet | with the nurse | with somebody elsewhere
                "\"users\":[\"juliet@home.example\"]      | false | true  | true",
                "\"domains\":[\"home.example\"]           | false | false | false",
                "\"domains\":[\"away.example\"]           | true  | true  | false",
                "\"domains\":[\"*\"]                      | false | false | false",
                "\"groups\":[\"lovers\"]                  | false | false | false",
                "\"groups\":[\"nurses\"]                  | true  | false | true",
                "\"domains\":[\"*\"],\"except\":[\"away.example\"]        | false | false | true",
                "\"domains\":[\"*\"],\"except\":[\"juliet@home.example\"] | true  | false | false"
            })
    void aRuleIsForWhomItNames(String scope, boolean juliet, boolean nurse, boolean remote) {
        stage.host.groups().set("lovers", Set.of(ROMEO.asBareJID(), new JID(JULIET)));
        stage.host.groups().set("nurses", Set.of(new JID("nurse@home.example")));
        stage.rule("one", "{" + scope + "," + REQUIRE + "}");

        assertThat(stage.says(JULIET, CLEAR)).isEqualTo(juliet);
        assertThat(stage.says("nurse@home.example", CLEAR)).isEqualTo(nurse);
        assertThat(stage.says("mercutio@away.example", CLEAR)).isEqualTo(remote);
        assertThat(stage.arrives(REMOTE, ROMEO.toString(), "chat", CLEAR)).isEqualTo(remote);
    }

    @Test
    void theMoreSpecificRuleDecidesAlone() {
        stage.rule("everybody", "{\"domains\":[\"*\"]," + REQUIRE + "}");
        stage.rule("den", "{\"rooms\":[\"" + stage.room + "\"],\"schemes\":{}}");
        stage.rule("romeo", "{\"users\":[\"romeo@home.example\"],\"schemes\":{\"omemo-2\":\"forbid\"}}");

        assertThat(stage.says(stage.room.toString(), "groupchat", CLEAR)).isTrue();
        assertThat(stage.says(stage.room.toString(), "groupchat", Sample.omemo2()))
                .isFalse();
        assertThat(stage.says(JULIET, CLEAR))
                .as("juliet's end still requires it")
                .isFalse();
    }

    @Test
    void gatewaysAndComponentsAreLeftAloneUnlessARuleNamesThem() {
        stage.rule("everybody", "{\"domains\":[\"*\",\"home.example\"]," + REQUIRE + "}");
        assertThat(stage.says("friend@icq.home.example", CLEAR)).isTrue();
        assertThat(stage.arrives("friend@icq.home.example", JULIET, "chat", CLEAR))
                .isTrue();

        stage.rule("gateway", "{\"domains\":[\"icq.home.example\"]," + REQUIRE + "}");
        assertThat(stage.says("friend@icq.home.example", CLEAR)).isFalse();
        assertThat(stage.arrives("friend@icq.home.example", JULIET, "chat", CLEAR))
                .isFalse();
    }

    @Test
    void aWarningComesOnceADayForEachPeerAndTheMessagesPass() {
        stage.rule("all", "{\"domains\":[\"*\"],\"action\":\"warn\"," + REQUIRE + "}");

        assertThat(stage.says(JULIET, CLEAR)).isTrue();
        assertThat(stage.says(JULIET, CLEAR)).isTrue();
        assertThat(stage.says("nurse@home.example", CLEAR)).isTrue();
        awaitSent(2);
        stage.now = stage.now.plus(Duration.ofDays(1));
        assertThat(stage.says(JULIET, CLEAR)).isTrue();

        Message first = (Message) awaitSent(3).get(0);
        assertThat(first.getFrom()).isEqualTo(new JID("home.example"));
        assertThat(first.getTo()).isEqualTo(ROMEO);
        assertThat(first.getType()).isEqualTo(Message.Type.chat);
        assertThat(first.getBody())
                .startsWith("Your message to " + JULIET + " was delivered, but home.example requires")
                .contains("OMEMO 2", "encryption.all", "once a day");
        assertThat(stage.counters.counter("encryption.warned").sum()).isEqualTo(4);
    }

    @Test
    void untilTheGraceIsOverARuleWarnsAndNamesTheDay() {
        stage.rule("all", "{\"domains\":[\"*\"],\"grace\":\"2026-12-24\"," + REQUIRE + "}");

        assertThat(stage.says(JULIET, CLEAR)).isTrue();
        assertThat(((Message) awaitSent(1).get(0)).getBody()).contains("from 2026-12-24 (UTC) on it would not be");

        stage.now = Instant.parse("2026-12-24T00:00:00Z");
        assertThat(stage.says(JULIET, CLEAR)).isFalse();
    }

    @Test
    void whatIsPreferredIsRecommendedAndNeverEnforced() {
        stage.rule("all", "{\"domains\":[\"*\"],\"schemes\":{\"omemo-2\":\"prefer\",\"ox\":\"allow\"}}");

        assertThat(stage.says(JULIET, Sample.omemo2())).isTrue();
        assertThat(stage.says(JULIET, Sample.ox("encrypted"))).isTrue();
        assertThat(stage.host.stanzas().sent()).isEmpty();
        assertThat(stage.says(JULIET, Sample.legacy())).isTrue();
        assertThat(((Message) awaitSent(1).get(0)).getBody()).contains("recommends", "OMEMO 2");
    }

    @Test
    void aRuleThatObservesIsCountedBesideOneThatActs() {
        stage.rule("all", "{\"domains\":[\"*\"],\"schemes\":{\"otr\":\"forbid\"}}");
        stage.rule("draft", Mode.OBSERVE, "{\"users\":[\"" + JULIET + "\"]," + REQUIRE + "}");

        assertThat(stage.says(JULIET, CLEAR)).isTrue();
        assertThat(stage.says(JULIET, Sample.body(Sample.otr()))).isFalse();
        assertThat(stage.counters.counter("encryption.would-refuse").sum()).isEqualTo(1);
        assertThat(stage.audit)
                .extracting(event -> event.action() + " " + event.mode() + " " + event.subject())
                .contains(
                        "message-refused OBSERVE home.example to home.example",
                        "message-refused ENFORCE home.example to home.example");
    }

    @Test
    void theAuditLogNamesNobodyAndCountsRepeats() {
        stage.rule("all", EncryptionStage.ALL_OMEMO);
        for (int i = 0; i < 3; i++) {
            assertThat(stage.says(JULIET, CLEAR)).isFalse();
        }
        stage.feature.minute();

        assertThat(stage.audit).hasSize(2);
        assertThat(stage.audit.get(1).detail()).startsWith("2 more of these: ");
        assertThat(stage.audit)
                .noneMatch(event ->
                        event.toString().contains("romeo") || event.toString().contains("noon"));
    }

    @Test
    void aToleratedLeakIsNone() {
        stage.rule("all", "{\"domains\":[\"*\"],\"tolerate\":[\"reaction\"]," + REQUIRE + "}");
        String reaction = "<reactions xmlns='urn:xmpp:reactions:0' id='m0'><reaction>x</reaction></reactions>";

        assertThat(stage.says(JULIET, reaction)).isTrue();
        assertThat(stage.says(JULIET, reaction + CLEAR)).isFalse();
    }

    @Test
    void retractionsAndInvitationsLoseTheWordsBesideThem() {
        stage.rule("all", EncryptionStage.ALL_OMEMO);
        Message retraction = EncryptionStage.message(
                ROMEO.toString(), JULIET, "chat", "<retract xmlns='urn:xmpp:message-retract:1' id='m0'/>" + CLEAR);

        assertThat(stage.host.traffic().fromClient(retraction, ROMEO)).isTrue();
        assertThat(retraction.getBody()).isNull();
        assertThat(retraction.getElement().element("retract")).isNotNull();

        assertThat(
                        stage.says(
                                JULIET,
                                "<retract xmlns='urn:xmpp:message-retract:1' id='m0'/><x xmlns='jabber:x:oob'><url>https://a.example</url></x>"))
                .isFalse();
    }

    @Test
    void whatTheSenderCallsItselfInARoomMakesNoDifference() {
        stage.rule("romeo", "{\"users\":[\"romeo@home.example\"]," + REQUIRE + "}");

        assertThat(stage.says(
                        stage.room.toString(),
                        "groupchat",
                        CLEAR + "<occupant-id xmlns='urn:xmpp:occupant-id:0' id='somebody-else'/>"))
                .isFalse();
    }

    @Test
    void aRuleActsFromTheNextMessageOn() {
        assertThat(stage.says(JULIET, CLEAR)).isTrue();
        stage.rule("all", EncryptionStage.ALL_OMEMO);
        assertThat(stage.says(JULIET, CLEAR)).isFalse();
        stage.rule("all", Mode.OFF, EncryptionStage.ALL_OMEMO);
        assertThat(stage.says(JULIET, CLEAR)).isTrue();
    }

    @Test
    void membersWhoJoinAGroupAreFoundWithinAMinute() {
        stage.host.groups().set("lovers", Set.of());
        stage.rule("lovers", "{\"groups\":[\"lovers\"]," + REQUIRE + "}");
        assertThat(stage.says(JULIET, CLEAR)).isTrue();

        stage.host.groups().set("lovers", Set.of(new JID(JULIET)));
        stage.feature.minute();
        assertThat(stage.says(JULIET, CLEAR)).isFalse();

        stage.host.groups().silent(true);
        stage.rule("other", "{\"users\":[\"nurse@home.example\"]," + REQUIRE + "}");
        assertThat(stage.says(JULIET, CLEAR)).as("with the members last known").isFalse();
    }

    @Test
    void nothingIsAskedForWhileItIsOffAndAStanzaThatIsNoMessageIsNeverAskedFor() {
        stage.rule("all", EncryptionStage.ALL_OMEMO);
        assertThat(stage.feature.guard().interests(Point.ENTERING)).isEqualTo(Interest.MESSAGE);
        assertThat(stage.feature.guard().interests(Point.DELIVERING)).isZero();
        IQ iq = new IQ(StanzaXml.parse("<iq type='set' id='1'><body>noon</body></iq>"), true);
        assertThat(stage.host.traffic().fromClient(iq, ROMEO)).isTrue();
        assertThat(stage.counters.counter("gate.judged").sum()).isZero();

        stage.settings.set(EncryptionSettings.MODE, Mode.OFF);
        assertThat(stage.feature.guard().interests(Point.ENTERING)).isZero();
        stage.settings.set(EncryptionSettings.MODE, Mode.ENFORCE);
        stage.feature.close();
        assertThat(stage.feature.guard().interests(Point.ENTERING)).isZero();
    }

    @Test
    void withoutRulesAndCountsNothingIsLookedAt() {
        stage.settings.set(EncryptionSettings.REMEMBER_DAYS, 0);
        stage.settings.set(EncryptionSettings.STATISTICS_DAYS, 0);

        assertThat(stage.feature.guard().interests(Point.ENTERING)).isZero();
    }

    @Test
    void aBrokenRuleLeavesItsLastGoodVersionInForceAndIsReported() {
        stage.rule("all", EncryptionStage.ALL_OMEMO);
        stage.rule("all", "{\"domains\":[\"*\"],\"schemes\":{\"rot13\":\"require\"}}");

        assertThat(stage.says(JULIET, CLEAR)).isFalse();
        Health.Report report = stage.health.of("encryption.policy");
        assertThat(report.state()).isEqualTo(Health.State.DEGRADED);
        assertThat(report.message()).contains("rot13", "version 1 stays in force");
    }

    @Test
    void rulesThatNoMessageCanSatisfyAreReported() {
        stage.rule("one", "{\"users\":[\"" + JULIET + "\"]," + REQUIRE + "}");
        stage.rule("two", "{\"users\":[\"" + JULIET + "\"],\"schemes\":{\"omemo-2\":\"forbid\"}}");

        assertThat(stage.health.of("encryption.policy").message())
                .contains("encryption.one", "encryption.two", "no message can satisfy both");
        assertThat(stage.says(JULIET, CLEAR)).isFalse();
        assertThat(stage.says(JULIET, Sample.omemo2())).isFalse();
    }

    private String refusal(String children) {
        stage.host.stanzas().forget();
        assertThat(stage.says(JULIET, children)).isFalse();
        return stage.error();
    }

    private List<Packet> awaitSent(int count) {
        await().untilAsserted(() -> assertThat(stage.host.stanzas().sent()).hasSize(count));
        return stage.host.stanzas().sent();
    }
}
