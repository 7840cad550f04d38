// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import static im.bastion.omemo.Stanza.iq;
import static im.bastion.omemo.Stanza.options;
import static im.bastion.omemo.Stanza.publish;
import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.host.Pep;
import im.bastion.policy.Refusal;
import im.bastion.policy.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xmpp.packet.IQ;

/** What clients may ask a node to be, on hosts that read publish-options and on hosts that do not. */
class NodeConditionsTest extends OmemoStage {
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

    /** What is asked of a node of keys, of any other on a host that reads options, and on one that does not. */
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
            max_items=max,                      pass,           pass,           pass
            max_items=MAX,                      bad-request,    bad-request,    bad-request
            max_items=-1,                       bad-request,    pass,           bad-request
            max_items=0,                        bad-request,    pass,           bad-request
            max_items=2147483648,               bad-request,    bad-request,    bad-request
            max_items=100000000000,             bad-request,    bad-request,    bad-request
            max_items=,                         bad-request,    bad-request,    bad-request
            max_items=7,                        pass,           pass,           pass
            persist_items=true,                 pass,           pass,           pass
            persist_items=1,                    pass,           pass,           pass
            persist_items=yes,                  bad-request,    bad-request,    bad-request
            persist_items=0,                    conflict,       pass,           pass
            access_model=open,                  pass,           pass,           pass
            access_model=everybody,             bad-request,    bad-request,    bad-request
            publish_model=publishers,           pass,           pass,           pass
            publish_model=nobody,               bad-request,    bad-request,    bad-request
            max_payload_size=1000,              pass,           pass,           pass
            max_payload_size=1 MB,              bad-request,    bad-request,    bad-request
            notify_retract=perhaps,             bad-request,    bad-request,    bad-request
            send_last_published_item=never,     pass,           pass,           pass
            item_expire=max,                    pass,           pass,           pass
            auto-create=true,                   pass,           pass,           pass
            auto-create=false,                  item-not-found, pass,           item-not-found
            no_such_field=1,                    conflict,       conflict,       conflict
            """)
    void everyOptionGetsItsAnswer(String option, String keys, String readByHost, String ignoredByHost) {
        assertThat(answerTo(BUNDLES, option)).isEqualTo(keys);
        assertThat(answerTo(BOOKMARKS, option)).isEqualTo(ignoredByHost);
        hostReadsOptions();
        assertThat(answerTo(BUNDLES, option)).isEqualTo(keys);
        assertThat(answerTo(BOOKMARKS, option)).isEqualTo(readByHost);
    }

    private String answerTo(String node, String option) {
        IQ request = publish(node, ITEM, options("pubsub#" + option));
        request.setID(option + node);
        return enter(request) instanceof Verdict.Reject reject
                ? reject.refusal().condition()
                : "pass";
    }

    @ParameterizedTest
    @CsvSource({
        "max_items=max, pass",
        "max_items=MAX, not-acceptable",
        "max_items=2147483648, not-acceptable",
        "max_items='', not-acceptable",
        "persist_items=true, pass",
        "persist_items=yes, not-acceptable",
        "access_model=bogus, not-acceptable",
        "publish_model=bogus, not-acceptable",
        "itemreply=bogus, not-acceptable",
        "max_payload_size=much, not-acceptable",
        "collection=romeo@home.example, pass",
        "collection=urn:nowhere, not-acceptable",
        "no_such_field=1, pass"
    })
    void aFormThatAHostWouldApplyByHalvesIsRefusedForAnyNode(String field, String answer) {
        for (String node : List.of(BUNDLES, BOOKMARKS)) {
            Verdict verdict = enter(configure(node, "pubsub#title=before", "pubsub#" + field));

            assertThat(
                            verdict instanceof Verdict.Reject reject
                                    ? reject.refusal().condition()
                                    : "pass")
                    .isEqualTo(answer);
        }
    }

    @Test
    void aFieldThatTheHostDoesNotReadIsTakenOutSoThatTheSamePublishSucceedsTwice() {
        hostReadsOptions();
        hostMakes(BOOKMARKS, "whitelist", true, 256);
        IQ request = publish(
                BOOKMARKS,
                "<item id='room'/>",
                options(
                        "pubsub#access_model=whitelist",
                        "pubsub#send_last_published_item=never",
                        "pubsub#auto-create=true"));

        assertThat(enter(request)).isEqualTo(Verdict.PASS);
        assertThat(request.toXML())
                .contains("pubsub#access_model")
                .doesNotContain("send_last_published_item")
                .doesNotContain("auto-create");
    }

    @Test
    void aNodeThatIsNotToBeMadeIsNotMadeByTheHost() {
        hostReadsOptions();
        IQ request = publish(BOOKMARKS, "<item id='room'/>", options("pubsub#auto-create=false"));

        assertThat(enter(request)).isEqualTo(Verdict.PASS);
        assertThat(request.toXML()).contains("auto-create");
    }

    @Test
    void otherOptionsAreAppliedToANewNode() {
        IQ request = publish(BUNDLES, ITEM, options("pubsub#notify_retract=false", "pubsub#title=Keys"));
        enter(request);
        hostMakes(BUNDLES, "presence", false, 1);
        answer("<iq type='result' id='p1' to='romeo@home.example/phone'/>");

        assertThat(host.pep().configured())
                .containsEntry("pubsub#notify_retract", "0")
                .containsEntry("pubsub#title", "Keys")
                .containsEntry("pubsub#max_payload_size", "10485760");
    }

    @ParameterizedTest
    @CsvSource({
        "urn:xmpp:openpgp:0:public-keys, open",
        "urn:xmpp:openpgp:0:public-keys:1357B01865B2503C18453D208CAC2A9678548E35, open",
        "urn:xmpp:openpgp:0:secret-key, whitelist",
        "urn:xmpp:omemo:1:devices, open"
    })
    void nodesOfOtherSchemesAreWhatTheirSpecificationsWant(String node, String access) {
        hostMakes(node, access.equals("open") ? "presence" : "open", false, 1);
        enter(publish(node, ITEM, ""));
        answer("<iq type='result' id='p1' to='romeo@home.example/phone'/>");

        assertThat(host.pep().node(ROMEO, node)).isEqualTo(new Pep.Node(node, access, true, 1));
        assertThat(host.pep().persisted()).containsExactly(node + " 101");
    }

    @ParameterizedTest
    @ValueSource(strings = {"romeo@home.example", "home.example"})
    void theAccountMayBeNamedByItsAddressOrThroughItsServer(String to) {
        IQ request = publish(BUNDLES, ITEM, options("pubsub#max_items=MAX"));
        request.setTo(to);

        assertThat(enter(request)).isInstanceOf(Verdict.Reject.class);

        IQ good = publish(BUNDLES, ITEM, "");
        good.setTo(to);
        assertThat(enter(good)).isEqualTo(Verdict.PASS);
        // Some hosts make an account's first node only then.
        assertThat(good.getTo()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"juliet@home.example", "romeo@home.example/phone", "pubsub.home.example", "far.example"})
    void whatGoesToOthersIsTheirs(String to) {
        IQ request = publish(BUNDLES, ITEM, options("pubsub#max_items=MAX"));
        request.setTo(to);

        assertThat(enter(request)).isEqualTo(Verdict.PASS);
        assertThat(request.toXML()).contains("MAX");
    }

    @Test
    void theLimitFollowsItsSetting() {
        settings.set(OmemoSettings.MAX_ITEMS, 64);
        IQ request = configure(BUNDLES, "pubsub#max_items=max");

        enter(request);

        assertThat(request.toXML()).contains("<value>64</value>");
    }
}
