// SPDX-License-Identifier: Apache-2.0
package im.bastion.host.memory;

import im.bastion.host.IqServices;
import im.bastion.host.Subscription;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.dom4j.Element;
import org.xmpp.packet.IQ;
import org.xmpp.packet.PacketError;

/** Answers by namespace, and a service discovery of its own. */
public final class MemoryIqServices implements IqServices {
    private static final String DISCO_INFO = "http://jabber.org/protocol/disco#info";

    private final Map<String, Responder> responders = new ConcurrentHashMap<>();
    private final List<String> features = new CopyOnWriteArrayList<>();
    private final List<String> accountFeatures = new CopyOnWriteArrayList<>();

    @Override
    public Subscription answer(String name, String namespace, Responder responder) {
        responders.put(namespace, responder);
        Subscription feature = announce(namespace);
        return () -> {
            feature.close();
            responders.remove(namespace);
        };
    }

    @Override
    public Subscription announce(String feature) {
        features.add(feature);
        return () -> features.remove(feature);
    }

    @Override
    public Subscription announceForAccounts(String feature) {
        accountFeatures.add(feature);
        return () -> accountFeatures.remove(feature);
    }

    /** What the server answers to this request; {@code service-unavailable} when nobody is there for it. */
    public IQ ask(IQ request) {
        Element child = request.getChildElement();
        if (child != null && DISCO_INFO.equals(child.getNamespaceURI())) {
            return disco(request);
        }
        Responder responder = child == null ? null : responders.get(child.getNamespaceURI());
        if (responder != null) {
            return responder.answer(request);
        }
        IQ refusal = IQ.createResultIQ(request);
        refusal.setError(PacketError.Condition.service_unavailable);
        return refusal;
    }

    private IQ disco(IQ request) {
        boolean account = request.getTo() != null && request.getTo().getNode() != null;
        IQ result = IQ.createResultIQ(request);
        Element query = result.setChildElement("query", DISCO_INFO);
        (account ? accountFeatures : features)
                .forEach(feature -> query.addElement("feature").addAttribute("var", feature));
        return result;
    }
}
