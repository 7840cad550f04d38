// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.offer;

import im.bastion.host.IqServices;
import im.bastion.host.Subscription;
import im.bastion.host.Users;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.dom4j.Element;
import org.xmpp.packet.IQ;
import org.xmpp.packet.PacketError;

/**
 * Answers XEP-0215 for the relay, in its current namespace and the one before. Only a local user's connected client gets an
 * answer: whoever holds a credential can use this server's bandwidth.
 */
public final class RelayOffer implements IqServices.Responder {
    static final String NAMESPACE = "urn:xmpp:extdisco:2";
    static final String OLD_NAMESPACE = "urn:xmpp:extdisco:1";

    private final Users users;
    private final OfferPush push;
    private final Supplier<OfferedRelay> relay;
    private final Clock clock;

    /**
     * @param push gets to know who asks for a type of services
     * @param relay what can be offered at the time of asking
     */
    public RelayOffer(Users users, OfferPush push, Supplier<OfferedRelay> relay, Clock clock) {
        this.users = users;
        this.push = push;
        this.relay = relay;
        this.clock = clock;
    }

    /** Begins to answer, until the subscription is closed. */
    public Subscription publish(IqServices services) {
        List<Subscription> answers =
                List.of(services.answer("services", NAMESPACE, this), services.answer("services", OLD_NAMESPACE, this));
        return () -> answers.forEach(Subscription::close);
    }

    @Override
    public IQ answer(IQ request) {
        if (request.getFrom() == null || !users.isConnected(request.getFrom())) {
            return refuse(request, PacketError.Condition.forbidden);
        }
        if (request.getType() != IQ.Type.get) {
            return refuse(request, PacketError.Condition.bad_request);
        }
        Element asked = request.getChildElement();
        return switch (asked.getName()) {
            case "services" -> services(request, asked);
            case "credentials" -> credentials(request, asked);
            default -> refuse(request, PacketError.Condition.feature_not_implemented);
        };
    }

    private IQ services(IQ request, Element asked) {
        IQ result = IQ.createResultIQ(request);
        Element services = result.setChildElement("services", asked.getNamespaceURI());
        String type = asked.attributeValue("type");
        if (type != null) {
            services.addAttribute("type", type);
            if (asked.getNamespaceURI().equals(NAMESPACE)) {
                push.remember(request.getFrom(), type);
            }
        }
        elements(request, asked).addTo(services, type);
        return result;
    }

    private IQ credentials(IQ request, Element asked) {
        Element wanted = asked.element("service");
        if (wanted == null) {
            return refuse(request, PacketError.Condition.bad_request);
        }
        IQ result = IQ.createResultIQ(request);
        Element credentials = result.setChildElement("credentials", asked.getNamespaceURI());
        return elements(request, asked).addNamed(credentials, wanted)
                ? result
                : refuse(request, PacketError.Condition.item_not_found);
    }

    private ServiceElements elements(IQ request, Element asked) {
        boolean withTerms = asked.getNamespaceURI().equals(NAMESPACE);
        return new ServiceElements(relay.get(), request.getFrom(), clock, withTerms);
    }

    private static IQ refuse(IQ request, PacketError.Condition condition) {
        IQ error = IQ.createResultIQ(request);
        error.setChildElement(request.getChildElement().createCopy());
        error.setError(condition);
        return error;
    }
}
