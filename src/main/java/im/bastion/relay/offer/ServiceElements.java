// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.offer;

import im.bastion.relay.credential.TurnCredential;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.dom4j.Element;
import org.xmpp.packet.JID;

/** Writes the {@code <service/>} elements of one answer (XEP-0215 §3), all with the same credential. */
final class ServiceElements {
    private final OfferedRelay relay;
    private final JID asker;
    private final Clock clock;
    private final boolean withTerms;
    private TurnCredential credential;

    /** @param withTerms whether the namespace has {@code expires} and {@code restricted} */
    ServiceElements(OfferedRelay relay, JID asker, Clock clock, boolean withTerms) {
        this.relay = relay;
        this.asker = asker;
        this.clock = clock;
        this.withTerms = withTerms;
    }

    /** Adds the services of the type, all types when it is null. */
    void addTo(Element parent, String type) {
        relay.services().stream()
                .filter(service -> type == null || type.equals(service.type()))
                .forEach(service -> add(parent, service));
    }

    /** Adds the services that the asker's {@code <service/>} names (§3.3); says whether there is one. */
    boolean addNamed(Element parent, Element wanted) {
        String port = wanted.attributeValue("port");
        String transport = wanted.attributeValue("transport");
        relay.services().stream()
                .filter(service -> service.type().equals(wanted.attributeValue("type")))
                .filter(service -> service.host().equals(wanted.attributeValue("host")))
                .filter(service -> port == null || port.equals(String.valueOf(service.port())))
                .filter(service -> transport == null || transport.equals(service.transport()))
                .forEach(service -> add(parent, service));
        return !parent.elements().isEmpty();
    }

    /** Adds one service, with its credential where it takes one. */
    Element add(Element parent, OfferedService service) {
        Element element = describe(parent, service);
        if (service.takesCredential()) {
            addCredential(element);
        }
        return element;
    }

    /** Adds one service without credential. */
    static Element describe(Element parent, OfferedService service) {
        return parent.addElement("service")
                .addAttribute("type", service.type())
                .addAttribute("host", service.host())
                .addAttribute("port", String.valueOf(service.port()))
                .addAttribute("transport", service.transport());
    }

    private void addCredential(Element service) {
        if (credential == null) {
            Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
            credential = relay.credentials().mint(asker.toBareJID(), asker.toString(), now, relay.life());
        }
        service.addAttribute("username", credential.username()).addAttribute("password", credential.password());
        if (withTerms) {
            service.addAttribute("expires", credential.expires().toString()).addAttribute("restricted", "1");
        }
    }
}
