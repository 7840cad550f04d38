// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import static im.bastion.omemo.Stanza.iq;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.bastion.audit.keylog.KeyFact;
import im.bastion.host.Pep;
import im.bastion.host.StanzaXml;
import im.bastion.policy.KeyBan;
import im.bastion.policy.Refusal;
import im.bastion.policy.RuleId;
import im.bastion.policy.Verdict;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.dom4j.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.IQ;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;

/** An account that must not use OMEMO 2. */
class BannedKeysTest extends OmemoStage {
    private static final String LIST =
            "<devices xmlns='urn:xmpp:omemo:2'><device id='101'/><device id='202'/></devices>";
    private static final KeyBan BAN = (account, namespace) -> account.equals(ROMEO)
                    && namespace.equals("urn:xmpp:omemo:2")
            ? new Refusal(new RuleId("encryption.test"), "policy-violation", "cancel", "OMEMO 2 is not permitted.")
            : null;

    @BeforeEach
    void aListIsThere() {
        host.users().connect(ROMEO, "phone");
        host.pep().publish(ROMEO, DEVICES, "current", StanzaXml.parse(LIST));
        host.pepNodes().store(ROMEO.toString(), new Pep.Node(DEVICES, "open", true, 1), 0);
    }

    @Test
    void itsListIsEmptiedAndItsOwnerToldOnce() {
        feature.obey(BAN);
        awaitDevices(0);
        feature.obey(BAN);
        await().untilAsserted(() -> assertThat(told()).isEqualTo(1));
        assertThat(host.stanzas().sent()).filteredOn(Message.class::isInstance).anySatisfy(message -> assertThat(
                        ((Message) message).getBody())
                .contains("OMEMO 2 is not permitted.", "taken off the list"));
    }

    @Test
    void theListComesBackWithTheBansEnd() {
        feature.obey(BAN);
        awaitDevices(0);

        feature.obey(KeyBan.NONE);
        awaitDevices(2);
    }

    @Test
    void aListThatWasMadeAnewIsLeftAlone() {
        AtomicBoolean banned = new AtomicBoolean(true);
        feature.obey((account, namespace) -> banned.get() ? BAN.refusal(account, namespace) : null);
        awaitDevices(0);
        banned.set(false);
        assertThat(enter(publish(
                        DEVICES,
                        "<item id='current'><devices xmlns='urn:xmpp:omemo:2'><device id='303'/></devices></item>")))
                .isEqualTo(Verdict.PASS);
        answer("<iq type='result' id='p1' to='romeo@home.example/phone'/>");

        feature.obey(KeyBan.NONE);
        feature.obey((account, namespace) -> null);
        awaitDevices(1);
    }

    @Test
    void theKeyLogIsToldThatTheServerEmptiedTheListAndPutItBack() {
        feature.obey(BAN);
        awaitDevices(0);
        feature.obey(KeyBan.NONE);
        awaitDevices(2);
        feature.close();

        assertThat(keys)
                .extracting(fact -> ((KeyFact.Devices) fact).devices() + " " + ((KeyFact.Devices) fact).actor())
                .containsExactly("[] home.example", keysOf(101, 202) + " home.example");
    }

    private static String keysOf(Integer... devices) {
        return Set.of(devices).toString();
    }

    @Test
    void whoIsNotBannedKeepsTheList() {
        feature.obey((account, namespace) ->
                namespace.equals("eu.siacs.conversations.axolotl") ? BAN.refusal(ROMEO, "urn:xmpp:omemo:2") : null);
        awaitDevices(2);
        assertThat(told()).isZero();
    }

    @Test
    void keysAndListsWithDevicesAreRefusedAndAnEmptyListIsWelcome() {
        feature.obey(BAN);

        assertThat(refusal(publish(BUNDLES, ITEM)).text()).isEqualTo("OMEMO 2 is not permitted.");
        assertThat(refusal(publish(DEVICES, "<item id='current'>" + LIST + "</item>"))
                        .condition())
                .isEqualTo("policy-violation");
        assertThat(enter(publish(DEVICES, "<item id='current'><devices xmlns='urn:xmpp:omemo:2'/></item>")))
                .isEqualTo(Verdict.PASS);
    }

    private void awaitDevices(int count) {
        await().untilAsserted(() -> {
            Element list = host.pep().items(ROMEO, DEVICES).get(0).payload();
            assertThat(list.elements()).hasSize(count);
        });
    }

    private long told() {
        return host.stanzas().sent().stream().filter(BannedKeysTest::isTold).count();
    }

    private static boolean isTold(Packet stanza) {
        return stanza instanceof Message message
                && message.getBody() != null
                && message.getBody().contains("taken off the list");
    }

    private static IQ publish(String node, String item) {
        return iq("<iq type='set' id='p1'><pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='" + node
                + "'>" + item + "</publish></pubsub></iq>");
    }
}
