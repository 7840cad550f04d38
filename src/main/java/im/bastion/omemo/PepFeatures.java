// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.host.Host;
import im.bastion.host.Pep;
import im.bastion.host.Subscription;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.dom4j.Element;
import org.xmpp.packet.IQ;

/** What accounts can do since this guard is there, announced where the host does not (XEP-0030, XEP-0384 §7). */
final class PepFeatures implements AutoCloseable {
    static final String PUBLISH_OPTIONS = "http://jabber.org/protocol/pubsub#publish-options";
    private static final List<String> OURS = List.of(
            "http://jabber.org/protocol/pubsub#config-node-max",
            PUBLISH_OPTIONS,
            "http://jabber.org/protocol/pubsub#multi-items");
    private static final String DISCO_INFO = "http://jabber.org/protocol/disco#info";

    private final String domain;
    private final List<String> missing;
    private final List<Subscription> announced = new ArrayList<>();

    private PepFeatures(String domain, List<String> missing) {
        this.domain = domain;
        this.missing = missing;
    }

    /** Announces them for the server, where older clients look, and for its accounts. */
    static PepFeatures announce(Host host) {
        Pep pep = host.pep();
        PepFeatures features = new PepFeatures(
                host.domain(), OURS.stream().filter(f -> !pep.announces(f)).toList());
        for (String feature : features.missing) {
            features.announced.add(host.iqServices().announce(feature));
            features.announced.add(host.iqServices().announceForAccounts(feature));
        }
        return features;
    }

    /** Adds what is missing to an account's answer: Openfire before 4.3 can announce nothing for accounts. */
    void complete(IQ answer) {
        Element query = answer.getChildElement();
        if (answer.getType() != IQ.Type.result || query == null || !isAboutPepOfAccount(answer, query)) {
            return;
        }
        Set<String> there = new HashSet<>();
        query.elements("feature").forEach(feature -> there.add(feature.attributeValue("var")));
        for (String feature : missing) {
            if (!there.contains(feature)) {
                query.addElement("feature", DISCO_INFO).addAttribute("var", feature);
            }
        }
    }

    @Override
    public void close() {
        announced.forEach(Subscription::close);
        announced.clear();
    }

    private boolean isAboutPepOfAccount(IQ answer, Element query) {
        boolean account = answer.getFrom() != null
                && answer.getFrom().getNode() != null
                && answer.getFrom().getResource() == null
                && answer.getFrom().getDomain().equals(domain);
        return account
                && DISCO_INFO.equals(query.getNamespaceURI())
                && query.attribute("node") == null
                && query.elements("identity").stream()
                        .anyMatch(identity -> "pubsub".equals(identity.attributeValue("category")));
    }
}
