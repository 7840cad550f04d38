// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.offer;

import im.bastion.relay.credential.TurnCredential;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.dom4j.Element;
import org.xmpp.packet.JID;

/**
 * Writes the {@code <service/>} elements of one answer (XEP-0215 §3), STUN first and one entry for each type: some clients
 * take the first, some the last of a type.
 */
final class ServiceElements {
    static final String STUN = "stun";
    static final String TURN = "turn";

    private final OfferedRelay relay;
    private final JID asker;
    private final Clock clock;
    private final boolean withTerms;

    /** @param withTerms whether the namespace has {@code expires} and {@code restricted} */
    ServiceElements(OfferedRelay relay, JID asker, Clock clock, boolean withTerms) {
        this.relay = relay;
        this.asker = asker;
        this.clock = clock;
        this.withTerms = withTerms;
    }

    /** Adds the services of the type, all types when it is null; says whether there was one. */
    boolean addTo(Element parent, String type) {
        boolean stun = type == null || type.equals(STUN);
        boolean turn = relay.credentials() != null && (type == null || type.equals(TURN));
        if (stun) {
            add(parent, STUN);
        }
        if (turn) {
            addCredential(add(parent, TURN));
        }
        return stun || turn;
    }

    /** Adds the service that the asker's {@code <service/>} names; says whether there is one. */
    boolean addNamed(Element parent, Element wanted) {
        String port = wanted.attributeValue("port");
        String type = wanted.attributeValue("type");
        return type != null
                && relay.host().equals(wanted.attributeValue("host"))
                && (port == null || port.equals(String.valueOf(relay.port())))
                && addTo(parent, type);
    }

    private Element add(Element parent, String type) {
        return parent.addElement("service")
                .addAttribute("type", type)
                .addAttribute("host", relay.host())
                .addAttribute("port", String.valueOf(relay.port()))
                .addAttribute("transport", "udp");
    }

    private void addCredential(Element service) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        TurnCredential credential = relay.credentials().mint(asker.toBareJID(), now, relay.life());
        service.addAttribute("username", credential.username()).addAttribute("password", credential.password());
        if (withTerms) {
            service.addAttribute("expires", credential.expires().toString()).addAttribute("restricted", "1");
        }
    }
}
