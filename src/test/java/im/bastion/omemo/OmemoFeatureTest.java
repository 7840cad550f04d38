// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import static im.bastion.omemo.Stanza.iq;
import static im.bastion.omemo.Stanza.options;
import static im.bastion.omemo.Stanza.publish;
import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.audit.AuditEvent;
import im.bastion.gate.Interest;
import im.bastion.gate.Passage;
import im.bastion.host.Pep;
import im.bastion.host.Point;
import im.bastion.host.memory.MemoryHost;
import im.bastion.metric.Counters;
import im.bastion.metric.Health;
import im.bastion.policy.FailMode;
import im.bastion.policy.Mode;
import im.bastion.policy.Refusal;
import im.bastion.policy.Verdict;
import im.bastion.settings.Settings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.dom4j.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;

/** Dialogues between a client, the guard and a host in memory. */
class OmemoFeatureTest {
    private static final JID ROMEO = new JID("romeo@home.example");
    private static final JID PHONE = new JID("romeo@home.example/phone");
    private static final String BUNDLES = "urn:xmpp:omemo:2:bundles";
    private static final String DEVICES = "urn:xmpp:omemo:2:devices";
    private static final String LEGACY = "eu.siacs.conversations.axolotl.devicelist";
    private static final String BOOKMARKS = "urn:xmpp:bookmarks:1";
    private static final String ITEM = "<item id='101'><bundle xmlns='urn:xmpp:omemo:2'/></item>";
    private static final String PUBLISH_OPTIONS = "http://jabber.org/protocol/pubsub#publish-options";

    private final MemoryHost host = new MemoryHost();
    private final Settings settings = new Settings(host.properties());
    private final List<AuditEvent> audit = new ArrayList<>();
    private final Counters counters = new Counters();
    private final Health health = new Health(Clock.systemUTC());
    private OmemoFeature feature;

    @BeforeEach
    void start() {
        feature = new OmemoFeature(host, settings, audit::add, counters, health, Clock.systemUTC());
        feature.start();
    }

    @AfterEach
    void stop() {
        feature.close();
        settings.close();
        host.close();
    }

    @Test
    void aNewBundleNodeIsOpenKeptAndHasRoomForEveryDevice() {
        IQ request = publish(BUNDLES, ITEM, options("pubsub#access_model=open", "pubsub#max_items=max"));

        assertThat(enter(request)).isEqualTo(Verdict.PASS);
        hostMakes(BUNDLES, "presence", false, 1);
        IQ result = answer("<iq type='result' id='p1' to='romeo@home.example/phone'/>");

        assertThat(result.getType()).isEqualTo(IQ.Type.result);
        assertThat(host.pep().node(ROMEO, BUNDLES)).isEqualTo(new Pep.Node(BUNDLES, "open", true, 256));
        assertThat(host.pep().persisted()).containsExactly(BUNDLES + " 101");
        assertThat(audit).extracting(AuditEvent::action).doesNotContain("node-repaired");
        assertThat(counters.snapshot()).containsEntry("omemo.nodes-made", 1L).containsEntry("omemo.publishes-kept", 1L);
    }

    @Test
    void theHostNeverSeesTheOptionsItWouldStumbleOver() {
        IQ request = publish(BUNDLES, ITEM, options("pubsub#access_model=open", "pubsub#max_items=max"));

        enter(request);

        assertThat(request.toXML()).doesNotContain("publish-options").contains("101");
    }

    @Test
    void anOldNodeIsRepairedAndTheAuditLogSaysWhatItWas() {
        hostMakes(BUNDLES, "presence", false, 1);

        enter(publish(BUNDLES, ITEM, options("pubsub#access_model=open", "pubsub#max_items=max")));
        answer("<iq type='result' id='p1' to='romeo@home.example/phone'/>");

        assertThat(host.pep().node(ROMEO, BUNDLES)).isEqualTo(new Pep.Node(BUNDLES, "open", true, 256));
        assertThat(audit).anySatisfy(event -> {
            assertThat(event.action()).isEqualTo("node-repaired");
            assertThat(event.mode()).isEqualTo(Mode.ENFORCE);
            assertThat(event.subject()).isEqualTo("romeo@home.example " + BUNDLES);
            assertThat(event.detail()).contains("was access_model=presence, persist_items=0, max_items=1");
        });
    }

    @Test
    void aPublishWithoutOptionsGetsAWorkingNodeToo() {
        enter(publish(LEGACY, "<item><list xmlns='eu.siacs.conversations.axolotl'/></item>", ""));
        hostMakes(LEGACY, "presence", false, 1);
        answer("<iq type='result' id='p1' to='romeo@home.example/phone'/>");

        assertThat(host.pep().node(ROMEO, LEGACY)).isEqualTo(new Pep.Node(LEGACY, "open", true, 1));
        assertThat(host.pep().persisted()).containsExactly(LEGACY + " current");
    }

    @Test
    void aNodeThatIsRightIsLeftAlone() {
        hostMakes(DEVICES, "open", true, 1);

        enter(publish(DEVICES, "<item id='current'><devices xmlns='urn:xmpp:omemo:2'/></item>", ""));
        answer("<iq type='result' id='p1' to='romeo@home.example/phone'/>");

        assertThat(audit).isEmpty();
        assertThat(counters.snapshot()).containsEntry("omemo.nodes-made", 0L).containsEntry("omemo.nodes-repaired", 0L);
    }

    @Test
    void aRoomierNodeMeetsMaxAndKeepsItsRoom() {
        hostMakes(BUNDLES, "open", true, 1_000);

        assertThat(enter(publish(BUNDLES, ITEM, options("pubsub#max_items=max"))))
                .isEqualTo(Verdict.PASS);
        answer("<iq type='result' id='p1' to='romeo@home.example/phone'/>");

        assertThat(host.pep().node(ROMEO, BUNDLES).maxItems()).isEqualTo(1_000);
    }

    @Test
    void theResultBecomesAnErrorWhenTheKeysAreNotInTheDatabase() {
        host.pep().refusePersist(true);
        enter(publish(BUNDLES, ITEM, ""));
        hostMakes(BUNDLES, "open", true, 256);

        IQ result = answer("<iq type='result' id='p1' to='romeo@home.example/phone'/>");

        assertThat(result.getType()).isEqualTo(IQ.Type.error);
        assertThat(result.getError().getCondition().toXMPP()).isEqualTo("internal-server-error");
        assertThat(result.getError().getType().toXMPP()).isEqualTo("wait");
        assertThat(audit).extracting(AuditEvent::action).contains("publish-not-kept");
        assertThat(health.of("omemo").state()).isEqualTo(Health.State.DEGRADED);
    }

    @Test
    void theConsoleIsGreenAgainAfterTheNextGoodPublish() {
        theResultBecomesAnErrorWhenTheKeysAreNotInTheDatabase();
        host.pep().refusePersist(false);

        enter(publish(BUNDLES, ITEM, ""));
        answer("<iq type='result' id='p1' to='romeo@home.example/phone'/>");

        assertThat(health.of("omemo").state()).isEqualTo(Health.State.OK);
    }

    @Test
    void aResultForANodeThatIsNotThereIsNotBelieved() {
        enter(publish(BUNDLES, ITEM, ""));

        assertThat(answer("<iq type='result' id='p1' to='romeo@home.example/phone'/>")
                        .getType())
                .isEqualTo(IQ.Type.error);
    }

    @Test
    void theHostsOwnErrorPassesAndNothingIsWritten() {
        enter(publish(BUNDLES, ITEM, ""));

        IQ error = answer("<iq type='error' id='p1' to='romeo@home.example/phone'><error type='modify'>"
                + "<bad-request xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");

        assertThat(error.getError().getCondition().toXMPP()).isEqualTo("bad-request");
        assertThat(host.pep().persisted()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAX", "0", "-1", "100000000000", "", "1</value><value>2"})
    void aNumberOfItemsThatIsNoneIsRefusedBeforeTheHostChokesOnIt(String value) {
        Refusal refusal = refusal(publish(BUNDLES, ITEM, options("pubsub#max_items=" + value)));

        assertThat(refusal.condition()).isEqualTo("bad-request");
        assertThat(refusal.text()).contains("pubsub#max_items");
    }

    @Test
    void moreItemsThanTheServerKeepsIsAConditionThatCannotBeMet() {
        Refusal refusal = refusal(publish(BUNDLES, ITEM, options("pubsub#max_items=5000")));

        assertThat(refusal.condition()).isEqualTo("conflict");
        assertThat(refusal.specific())
                .isEqualTo(new Refusal.Specific("precondition-not-met", "http://jabber.org/protocol/pubsub#errors"));
        assertThat(refusal.text()).contains("256");
    }

    @Test
    void anAccessModelTheNodeDoesNotHaveIsAConditionThatIsNotMet() {
        hostMakes(BUNDLES, "open", true, 256);

        assertThat(refusal(publish(BUNDLES, ITEM, options("pubsub#access_model=whitelist")))
                        .condition())
                .isEqualTo("conflict");
    }

    @Test
    void keysThatAreNotToBeKeptAreAConditionThatIsNotMet() {
        assertThat(refusal(publish(BUNDLES, ITEM, options("pubsub#persist_items=false")))
                        .condition())
                .isEqualTo("conflict");
    }

    @Test
    void anUnknownFieldIsRefusedAndARegisteredOneIsNot() {
        assertThat(refusal(publish(BUNDLES, ITEM, options("pubsub#no_such_field=1")))
                        .specific())
                .isNotNull();
        assertThat(enter(publish(BUNDLES, ITEM, options("pubsub#send_last_published_item=never"))))
                .isEqualTo(Verdict.PASS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPEN", "", "everybody"})
    void anAccessModelThatIsNoneIsRefused(String value) {
        assertThat(refusal(publish(BUNDLES, ITEM, options("pubsub#access_model=" + value)))
                        .condition())
                .isEqualTo("bad-request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<publish-options/>",
                "<publish-options><x xmlns='jabber:x:data' type='submit'/></publish-options>",
                "<publish-options><x xmlns='jabber:x:data' type='cancel'><field var='pubsub#max_items'><value>x</value>"
                        + "</field></x></publish-options>",
                "<publish-options><x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'><value>"
                        + "http://jabber.org/protocol/pubsub#node_config</value></field>"
                        + "<field var='pubsub#max_items'><value>x</value></field></x></publish-options>"
            })
    void aFormThatIsNotOfPublishOptionsDoesNotCount(String form) {
        assertThat(enter(publish(BUNDLES, ITEM, form))).isEqualTo(Verdict.PASS);
    }

    @Test
    void aSecondPublishWithTheSameIdWaitsForTheFirst() {
        enter(publish(BUNDLES, ITEM, ""));

        Refusal refusal = refusal(publish(BUNDLES, ITEM, ""));

        assertThat(refusal.condition()).isEqualTo("resource-constraint");
        assertThat(refusal.type()).isEqualTo("wait");
    }

    @Test
    void anItemWithoutIdGetsTheOneThatWillBeWritten() {
        IQ shared = publish(BUNDLES, "<item><bundle xmlns='urn:xmpp:omemo:2'/></item>", "");
        IQ single = publish(DEVICES, "<item><devices xmlns='urn:xmpp:omemo:2'/></item>", "");
        single.setID("p2");

        enter(shared);
        enter(single);

        assertThat(itemId(shared)).isNotBlank().isNotEqualTo("current");
        assertThat(itemId(single)).isEqualTo("current");
    }

    @Test
    void whatLooksWrongIsNotedAndPasses() {
        assertThat(enter(publish(BUNDLES, "<item id='current'><bundle xmlns='urn:xmpp:omemo:2'/></item>", "")))
                .isEqualTo(Verdict.PASS);

        assertThat(audit)
                .extracting(event -> event.rule().value())
                .containsExactly("omemo.bundle-item-id-is-device-id", "omemo.key-length");
        assertThat(audit).extracting(AuditEvent::mode).containsOnly(Mode.OBSERVE);
    }

    @Test
    void otherNodesAreNobodysBusinessHere() {
        IQ request = publish("http://jabber.org/protocol/mood", "<item><mood/></item>", "");
        String before = request.toXML();

        assertThat(enter(request)).isEqualTo(Verdict.PASS);
        assertThat(request.toXML()).isEqualTo(before);
        assertThat(host.pep().persisted()).isEmpty();
    }

    @Test
    void maxIsANumberForOtherNodesToo() {
        hostReadsOptions();
        IQ request =
                publish(BOOKMARKS, "<item id='room'/>", options("pubsub#max_items=max", "pubsub#persist_items=true"));

        assertThat(enter(request)).isEqualTo(Verdict.PASS);
        assertThat(request.toXML()).contains("<value>256</value>").doesNotContain("<value>max</value>");
    }

    @Test
    void maxIsWhatARoomierNodeKeepsSoThatTheHostFindsItMet() {
        hostReadsOptions();
        hostMakes(BOOKMARKS, "whitelist", true, 700);
        IQ request = publish(BOOKMARKS, "<item id='room'/>", options("pubsub#max_items=max"));

        enter(request);

        assertThat(request.toXML()).contains("<value>700</value>");
    }

    @Test
    void onAHostThatIgnoresOptionsTheyAreAppliedToOtherNewNodes() {
        IQ request = publish(
                BOOKMARKS,
                "<item id='room'><conference xmlns='urn:xmpp:bookmarks:1'/></item>",
                options("pubsub#access_model=whitelist", "pubsub#max_items=max", "pubsub#persist_items=true"));

        enter(request);
        hostMakes(BOOKMARKS, "presence", false, 1);
        answer("<iq type='result' id='p1' to='romeo@home.example/phone'/>");

        assertThat(host.pep().node(ROMEO, BOOKMARKS)).isEqualTo(new Pep.Node(BOOKMARKS, "whitelist", true, 256));
        assertThat(host.pep().persisted()).containsExactly(BOOKMARKS + " room");
    }

    @Test
    void onAHostThatIgnoresOptionsTheyAreConditionsForOtherOldNodes() {
        hostMakes(BOOKMARKS, "presence", true, 256);

        assertThat(refusal(publish(BOOKMARKS, "<item/>", options("pubsub#access_model=whitelist")))
                        .specific())
                .isNotNull();
        assertThat(host.pep().node(ROMEO, BOOKMARKS).accessModel()).isEqualTo("presence");
    }

    @Test
    void anOwnersFormIsMadeOneThatEveryHostReadsAlike() {
        IQ request = configure(BUNDLES, "pubsub#max_items=max", "pubsub#persist_items=true", "pubsub#title=true");

        assertThat(enter(request)).isEqualTo(Verdict.PASS);
        assertThat(request.toXML())
                .contains("<field var=\"pubsub#max_items\"><value>256</value>")
                .contains("<field var=\"pubsub#persist_items\"><value>1</value>")
                .contains("<field var=\"pubsub#title\"><value>true</value>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pubsub#max_items=MAX", "pubsub#max_items=0", "pubsub#access_model=all"})
    void anOwnersFormThatWouldBeHalfAppliedIsRefusedWhole(String field) {
        assertThat(refusal(configure(BUNDLES, field)).condition()).isEqualTo("not-acceptable");
    }

    @Test
    void aNodeCanBeMadeAndConfiguredInOneGo() {
        IQ request = iq("<iq type='set' id='c1'><pubsub xmlns='http://jabber.org/protocol/pubsub'><create node='"
                + BUNDLES + "'/><configure>" + Stanza.form("node_config", "pubsub#max_items=max")
                + "</configure></pubsub></iq>");

        assertThat(enter(request)).isEqualTo(Verdict.PASS);
        assertThat(request.toXML()).contains("<value>256</value>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<iq type='set' id='1' to='juliet@home.example'>",
                "<iq type='set' id='1' to='romeo@home.example/phone'>",
                "<iq type='get' id='1'>",
                "<iq type='set'>"
            })
    void onlyWhatAnAccountAsksOfItselfIsLookedAt(String start) {
        IQ request = iq(start + "<pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='" + BUNDLES + "'>"
                + ITEM + "</publish>" + options("pubsub#max_items=max") + "</pubsub></iq>");

        assertThat(enter(request)).isEqualTo(Verdict.PASS);
        assertThat(request.toXML()).contains("<value>max</value>");
    }

    @Test
    void itsOwnBareAddressIsTheAccountToo() {
        IQ request = publish(BUNDLES, ITEM, options("pubsub#max_items=max"));
        request.setTo(ROMEO);

        enter(request);

        assertThat(request.toXML()).doesNotContain("max");
    }

    @Test
    void observingSaysWhatItWouldDoAndTouchesNothing() {
        settings.set(OmemoSettings.MODE, Mode.OBSERVE);
        hostMakes(BUNDLES, "presence", false, 1);
        IQ request = publish(BUNDLES, ITEM, options("pubsub#max_items=max"));
        IQ broken = publish(BUNDLES, ITEM, options("pubsub#max_items=MAX"));

        assertThat(enter(request)).isEqualTo(Verdict.PASS);
        assertThat(enter(broken)).isEqualTo(Verdict.PASS);

        assertThat(request.toXML()).contains("<value>max</value>");
        assertThat(feature.guard().interests(Point.DELIVERING)).isZero();
        assertThat(audit)
                .filteredOn(event -> !event.action().equals("publish-questioned"))
                .extracting(AuditEvent::action)
                .containsExactly("node-repaired", "options-refused");
        assertThat(audit).extracting(AuditEvent::mode).containsOnly(Mode.OBSERVE);
    }

    @Test
    void offAsksForNothing() {
        settings.set(OmemoSettings.MODE, Mode.OFF);

        for (Point point : Point.values()) {
            assertThat(feature.guard().interests(point)).isZero();
        }
    }

    @Test
    void whatWasTakenInIsSeenThroughWhenTheGuardIsTurnedOff() {
        enter(publish(BUNDLES, ITEM, ""));
        hostMakes(BUNDLES, "presence", false, 1);
        settings.set(OmemoSettings.MODE, Mode.OFF);

        assertThat(feature.guard().interests(Point.DELIVERING)).isEqualTo(Interest.ANSWER);
        answer("<iq type='result' id='p1' to='romeo@home.example/phone'/>");
        assertThat(host.pep().persisted()).isNotEmpty();
    }

    @Test
    void answersAreOnlyLookedAtWhileOneIsAwaited() {
        assertThat(feature.guard().interests(Point.DELIVERING) & Interest.ANSWER)
                .isZero();
        enter(publish(BUNDLES, ITEM, ""));
        assertThat(feature.guard().interests(Point.DELIVERING) & Interest.ANSWER)
                .isNotZero();
    }

    @Test
    void theLimitFollowsItsSetting() {
        settings.set(OmemoSettings.MAX_ITEMS, 64);
        IQ request = configure(BUNDLES, "pubsub#max_items=max");

        enter(request);

        assertThat(request.toXML()).contains("<value>64</value>");
    }

    @Test
    void accountsAnnounceWhatTheHostDoesNotWhileTheGuardIsOn() {
        assertThat(discoOfAccount())
                .contains(
                        "http://jabber.org/protocol/pubsub#config-node-max",
                        PUBLISH_OPTIONS,
                        "http://jabber.org/protocol/pubsub#multi-items");

        settings.set(OmemoSettings.MODE, Mode.OBSERVE);

        assertThat(discoOfAccount()).doesNotContain("config-node-max");
    }

    @Test
    void anAccountsAnswerIsCompletedOnce() {
        IQ answer = iq("<iq type='result' id='d' from='romeo@home.example' to='romeo@home.example/phone'>"
                + "<query xmlns='http://jabber.org/protocol/disco#info'><identity category='pubsub' type='pep'/>"
                + "<feature var='" + PUBLISH_OPTIONS + "'/></query></iq>");

        deliver(answer, Interest.DISCO | Interest.ANSWER);

        assertThat(answer.toXML().split(PUBLISH_OPTIONS, -1)).hasSize(2);
        assertThat(answer.toXML()).contains("config-node-max");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from='room@conference.home.example'",
                "from='romeo@far.example'",
                "from='romeo@home.example/phone'",
                "from='home.example'",
                ""
            })
    void nobodyElsesAnswerIsTouched(String from) {
        IQ answer = iq("<iq type='result' id='d' " + from + "><query xmlns='http://jabber.org/protocol/disco#info'>"
                + "<identity category='pubsub' type='pep'/></query></iq>");
        String before = answer.toXML();

        deliver(answer, Interest.DISCO | Interest.ANSWER);

        assertThat(answer.toXML()).isEqualTo(before);
    }

    @Test
    void aFaultOfItsOwnLetsTheStanzaPass() {
        assertThat(feature.guard().failMode()).isEqualTo(FailMode.OPEN);
        assertThat(feature.guard().name()).isEqualTo("omemo");
    }

    private void hostReadsOptions() {
        host.pep().announce(PUBLISH_OPTIONS);
        feature.close();
        start();
    }

    private void hostMakes(String node, String access, boolean persistent, int maxItems) {
        host.pep()
                .configure(
                        ROMEO,
                        node,
                        Map.of(
                                "pubsub#access_model",
                                access,
                                "pubsub#persist_items",
                                persistent ? "1" : "0",
                                "pubsub#max_items",
                                String.valueOf(maxItems)));
    }

    private Verdict enter(IQ request) {
        Passage passage = new Passage(Point.ENTERING, request, PHONE, request.getTo(), PHONE, null, Interest.PEP);
        return feature.guard().judge(passage);
    }

    private Refusal refusal(IQ request) {
        assertThat(enter(request)).isInstanceOf(Verdict.Reject.class);
        Verdict again = enter(request);
        return ((Verdict.Reject) again).refusal();
    }

    private IQ answer(String xml) {
        IQ answer = iq(xml);
        deliver(answer, Interest.ANSWER);
        return answer;
    }

    private void deliver(IQ answer, int classes) {
        Passage passage = new Passage(Point.DELIVERING, answer, answer.getFrom(), answer.getTo(), PHONE, null, classes);
        assertThat(feature.guard().judge(passage)).isEqualTo(Verdict.PASS);
    }

    private String discoOfAccount() {
        IQ request = new IQ(IQ.Type.get);
        request.setTo(ROMEO);
        request.setChildElement("query", "http://jabber.org/protocol/disco#info");
        return host.iqServices().ask(request).toXML();
    }

    private static IQ configure(String node, String... fields) {
        return iq("<iq type='set' id='c1'><pubsub xmlns='http://jabber.org/protocol/pubsub#owner'><configure node='"
                + node + "'>" + Stanza.form("node_config", fields) + "</configure></pubsub></iq>");
    }

    private static String itemId(IQ request) {
        Element publish = request.getChildElement().element("publish");
        return publish.element("item").attributeValue("id");
    }
}
