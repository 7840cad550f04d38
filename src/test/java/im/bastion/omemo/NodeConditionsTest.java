// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import static im.bastion.omemo.Stanza.iq;
import static im.bastion.omemo.Stanza.options;
import static im.bastion.omemo.Stanza.publish;
import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.host.Pep;
import im.bastion.policy.Refusal;
import im.bastion.policy.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

    @Test
    void theLimitFollowsItsSetting() {
        settings.set(OmemoSettings.MAX_ITEMS, 64);
        IQ request = configure(BUNDLES, "pubsub#max_items=max");

        enter(request);

        assertThat(request.toXML()).contains("<value>64</value>");
    }
}
