// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.offer;

import im.bastion.host.Stanzas;
import im.bastion.host.Users;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dom4j.Element;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;

/**
 * Tells clients that asked for a type of services what has become of these (XEP-0215 §5). Limits: {@link #MAX} clients, beyond
 * that who asked first is forgotten. Thread-safe.
 */
public final class OfferPush {
    static final int MAX = 50_000;

    private final String domain;
    private final Users users;
    private final Stanzas stanzas;
    private final Clock clock;
    private final Map<JID, Set<String>> askers = new LinkedHashMap<>();

    public OfferPush(String domain, Users users, Stanzas stanzas, Clock clock) {
        this.domain = domain;
        this.users = users;
        this.stanzas = stanzas;
        this.clock = clock;
    }

    /** The client wants to know about services of the type from here on. */
    synchronized void remember(JID asker, String type) {
        askers.computeIfAbsent(asker, a -> new LinkedHashSet<>()).add(type);
        if (askers.size() > MAX) {
            askers.remove(askers.keySet().iterator().next());
        }
    }

    /** The client's session has ended. */
    public synchronized void forget(JID asker) {
        askers.remove(asker);
    }

    /**
     * Tells all who want to know what is gone, what has come, and, when credentials have changed, what stays.
     *
     * @param before what was offered, or null for nothing
     * @param now what is offered, or null for nothing
     */
    public void changed(OfferedRelay before, OfferedRelay now, boolean credentials) {
        Map<JID, Set<String>> told;
        synchronized (this) {
            askers.keySet().removeIf(asker -> !users.isConnected(asker));
            told = new LinkedHashMap<>(askers);
        }
        told.forEach((asker, types) -> Set.copyOf(types).forEach(type -> tell(asker, type, before, now, credentials)));
    }

    private void tell(JID asker, String type, OfferedRelay before, OfferedRelay now, boolean credentials) {
        List<OfferedService> were = services(before, type);
        List<OfferedService> are = services(now, type);
        IQ push = new IQ(IQ.Type.set);
        push.setFrom(new JID(domain));
        push.setTo(asker);
        Element services =
                push.setChildElement("services", RelayOffer.NAMESPACE).addAttribute("type", type);
        for (OfferedService gone : were) {
            if (!are.contains(gone)) {
                // The schema's word; the table in §5 says "remove".
                ServiceElements.describe(services, gone).addAttribute("action", "delete");
            }
        }
        ServiceElements elements = now == null ? null : new ServiceElements(now, asker, clock, true);
        for (OfferedService service : are) {
            boolean fresh = !were.contains(service);
            if (fresh || (credentials && service.takesCredential())) {
                elements.add(services, service).addAttribute("action", fresh ? "add" : "modify");
            }
        }
        if (!services.elements().isEmpty()) {
            stanzas.send(push);
        }
    }

    private static List<OfferedService> services(OfferedRelay relay, String type) {
        return relay == null
                ? List.of()
                : relay.services().stream()
                        .filter(service -> service.type().equals(type))
                        .toList();
    }
}
