// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.offer;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.host.Subscription;
import im.bastion.host.memory.MemoryHost;
import im.bastion.relay.credential.CredentialBook;
import im.bastion.relay.credential.TurnCredentials;
import im.bastion.relay.credential.TurnUser;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.dom4j.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.PacketError;

class RelayOfferTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private final MemoryHost host = new MemoryHost();
    private static final OfferedService STUN = new OfferedService("stun", "203.0.113.7", 3478, "udp");
    private final CredentialBook credentials =
            new CredentialBook(new TurnCredentials(List.of("secret")), MemoryHost.DOMAIN);
    private final JID romeo = host.users().connect(host.users().register("romeo"), "orchard");
    private OfferedRelay offered = new OfferedRelay(
            List.of(
                    STUN,
                    new OfferedService("turn", "203.0.113.7", 3478, "udp"),
                    new OfferedService("turn", "203.0.113.7", 3478, "tcp"),
                    new OfferedService("turns", "relay.home.example", 5349, "tcp")),
            credentials,
            Duration.ofHours(6));
    private final OfferPush push =
            new OfferPush(MemoryHost.DOMAIN, host.users(), host.stanzas(), Clock.fixed(NOW, ZoneOffset.UTC));
    private Subscription published;

    @BeforeEach
    void publish() {
        published = new RelayOffer(host.users(), push, () -> offered, Clock.fixed(NOW, ZoneOffset.UTC))
                .publish(host.iqServices());
    }

    @AfterEach
    void close() {
        published.close();
        host.close();
    }

    @Test
    void offersStunThenTurnWithACredentialForTheAsker() {
        List<Element> services = ask(IQ.Type.get, "services", RelayOffer.NAMESPACE, null)
                .getChildElement()
                .elements("service");
        assertThat(services).extracting(e -> e.attributeValue("type")).containsExactly("stun", "turn", "turn", "turns");
        assertThat(services).extracting(e -> e.attributeValue("transport")).containsExactly("udp", "udp", "tcp", "tcp");
        assertThat(services.get(3).attributeValue("host")).isEqualTo("relay.home.example");
        assertThat(services.get(3).attributeValue("port")).isEqualTo("5349");
        assertThat(services.subList(1, 4))
                .as("one credential for all of them")
                .extracting(e -> e.attributeValue("username") + e.attributeValue("password"))
                .containsOnly(services.get(1).attributeValue("username")
                        + services.get(1).attributeValue("password"));
        assertThat(services.get(0).attributeValue("username")).isNull();
        Element turn = services.get(1);
        assertThat(credentials.passwords(TurnUser.parse(turn.attributeValue("username"))))
                .contains(turn.attributeValue("password"));
        assertThat(turn.attributeValue("expires")).isEqualTo("2026-11-22T16:00:00Z");
        assertThat(turn.attributeValue("restricted")).isEqualTo("1");
        assertThat(turn.attributeValue("username")).doesNotContain("romeo");
    }

    @Test
    void theOldNamespaceHasNoTerms() {
        Element turn = ask(IQ.Type.get, "services", RelayOffer.OLD_NAMESPACE, null)
                .getChildElement()
                .elements("service")
                .get(1);
        assertThat(turn.getNamespaceURI()).isEqualTo("urn:xmpp:extdisco:1");
        assertThat(turn.attributeValue("password")).isNotEmpty();
        assertThat(turn.attributeValue("expires")).isNull();
        assertThat(turn.attributeValue("restricted")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"stun,1", "turn,2", "turns,1", "ftp,0"})
    void offersOnlyTheTypeThatWasAskedFor(String type, int count) {
        IQ request = request(IQ.Type.get, "services", RelayOffer.NAMESPACE);
        request.getChildElement().addAttribute("type", type);
        Element services = host.iqServices().ask(request).getChildElement();
        assertThat(services.attributeValue("type")).isEqualTo(type);
        assertThat(services.elements("service")).hasSize(count).allMatch(e -> e.attributeValue("type")
                .equals(type));
    }

    @Test
    void withoutCredentialsToGiveItOffersStunAlone() {
        offered = new OfferedRelay(List.of(STUN), credentials, Duration.ofHours(6));
        assertThat(ask(IQ.Type.get, "services", RelayOffer.NAMESPACE, null)
                        .getChildElement()
                        .elements("service"))
                .extracting(e -> e.attributeValue("type"))
                .containsExactly("stun");
    }

    @Test
    void givesTheCredentialOfOneService() {
        Element credential = ask(IQ.Type.get, "credentials", RelayOffer.NAMESPACE, "turn 203.0.113.7 3478")
                .getChildElement();
        assertThat(credential.getName()).isEqualTo("credentials");
        assertThat(credential.elements("service")).hasSize(2);
        assertThat(credential.element("service").attributeValue("password")).isNotEmpty();
        assertThat(ask(IQ.Type.get, "credentials", RelayOffer.NAMESPACE, "turn 203.0.113.7 -")
                        .getType())
                .isEqualTo(IQ.Type.result);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"turn 203.0.113.8 3478", "turn 203.0.113.7 3479", "turns 203.0.113.7 3478", "- 203.0.113.7 -"})
    void knowsNoCredentialOfAnotherService(String service) {
        assertThat(condition(ask(IQ.Type.get, "credentials", RelayOffer.NAMESPACE, service)))
                .isEqualTo(PacketError.Condition.item_not_found);
    }

    @Test
    void refusesWhatIsNotAQuestionItKnows() {
        assertThat(condition(ask(IQ.Type.get, "credentials", RelayOffer.NAMESPACE, null)))
                .isEqualTo(PacketError.Condition.bad_request);
        assertThat(condition(ask(IQ.Type.set, "services", RelayOffer.NAMESPACE, null)))
                .isEqualTo(PacketError.Condition.bad_request);
        assertThat(condition(ask(IQ.Type.get, "service", RelayOffer.NAMESPACE, null)))
                .isEqualTo(PacketError.Condition.feature_not_implemented);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"mallory@elsewhere.example/x", "romeo@home.example/gone", "romeo@home.example", "home.example"})
    void tellsNothingToWhoIsNotAConnectedLocalUser(String stranger) {
        IQ request = request(IQ.Type.get, "services", RelayOffer.NAMESPACE);
        request.setFrom(stranger);
        IQ answer = host.iqServices().ask(request);
        assertThat(condition(answer)).isEqualTo(PacketError.Condition.forbidden);
        assertThat(answer.toXML()).doesNotContain("203.0.113.7");
    }

    @Test
    void tellsNothingToNobody() {
        IQ request = request(IQ.Type.get, "services", RelayOffer.NAMESPACE);
        request.setFrom((JID) null);
        assertThat(condition(host.iqServices().ask(request))).isEqualTo(PacketError.Condition.forbidden);
    }

    @Test
    void tellsWhoAskedForATypeWhatHasBecomeOfIt() {
        ask("turn");
        OfferedRelay before = offered;
        OfferedService moved = new OfferedService("turn", "203.0.113.8", 3478, "udp");
        offered = new OfferedRelay(List.of(STUN, moved, before.services().get(2)), credentials, Duration.ofHours(6));
        push.changed(before, offered, true);
        IQ told = (IQ) host.stanzas().sent().get(0);
        assertThat(told.getType()).isEqualTo(IQ.Type.set);
        assertThat(told.getTo()).isEqualTo(romeo);
        assertThat(told.getChildElement().attributeValue("type")).isEqualTo("turn");
        List<Element> services = told.getChildElement().elements("service");
        assertThat(services)
                .extracting(e -> e.attributeValue("action") + " " + e.attributeValue("host") + " "
                        + e.attributeValue("transport"))
                .containsExactly("delete 203.0.113.7 udp", "add 203.0.113.8 udp", "modify 203.0.113.7 tcp");
        assertThat(services.get(0).attributeValue("password")).isNull();
        assertThat(services.get(1).attributeValue("password")).isNotEmpty();
    }

    @Test
    void tellsNothingToWhoDidNotAskForATypeOrIsGoneOrWhenNothingHasChanged() {
        ask(IQ.Type.get, "services", RelayOffer.NAMESPACE, null);
        push.changed(null, offered, true);
        ask("stun");
        push.changed(offered, offered, true);
        host.users().disconnect(romeo);
        push.changed(null, offered, true);
        assertThat(host.stanzas().sent()).isEmpty();
    }

    private void ask(String type) {
        IQ request = request(IQ.Type.get, "services", RelayOffer.NAMESPACE);
        request.getChildElement().addAttribute("type", type);
        host.iqServices().ask(request);
    }

    private IQ ask(IQ.Type type, String name, String namespace, String service) {
        IQ request = request(type, name, namespace);
        if (service != null) {
            String[] parts = service.split(" ", -1);
            Element element = request.getChildElement().addElement("service").addAttribute("host", parts[1]);
            if (!parts[0].equals("-")) {
                element.addAttribute("type", parts[0]);
            }
            if (!parts[2].equals("-")) {
                element.addAttribute("port", parts[2]);
            }
        }
        return host.iqServices().ask(request);
    }

    private IQ request(IQ.Type type, String name, String namespace) {
        IQ request = new IQ(type);
        request.setFrom(romeo);
        request.setTo(MemoryHost.DOMAIN);
        request.setChildElement(name, namespace);
        return request;
    }

    private static PacketError.Condition condition(IQ answer) {
        return answer.getError().getCondition();
    }
}
