// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.gate.Interest;
import im.bastion.gate.Passage;
import im.bastion.host.Host;
import im.bastion.host.Point;
import im.bastion.host.Subscription;
import im.bastion.policy.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.dom4j.Element;
import org.xmpp.packet.IQ;

/**
 * What accounts can do since this guard is there, announced where the host does not (XEP-0030, XEP-0384 §7), to this
 * server's users and to others.
 */
final class PepFeatures implements OmemoStep {
    static final String PUBLISH_OPTIONS = "http://jabber.org/protocol/pubsub#publish-options";
    private static final List<String> OURS = List.of(
            "http://jabber.org/protocol/pubsub#config-node-max",
            PUBLISH_OPTIONS,
            "http://jabber.org/protocol/pubsub#multi-items");
    private static final String DISCO_INFO = "http://jabber.org/protocol/disco#info";

    private final Host host;
    private final List<String> missing;
    private final List<Subscription> announced = new ArrayList<>();

    PepFeatures(Host host) {
        this.host = host;
        this.missing =
                OURS.stream().filter(feature -> !host.pep().announces(feature)).toList();
    }

    /** Announces them for the server, where older clients look, and for its accounts; or no longer. */
    synchronized void announce(boolean wanted) {
        if (!wanted) {
            announced.forEach(Subscription::close);
            announced.clear();
        } else if (announced.isEmpty()) {
            for (String feature : missing) {
                announced.add(host.iqServices().announce(feature));
                announced.add(host.iqServices().announceForAccounts(feature));
            }
        }
    }

    @Override
    public int interests(Point point, OmemoPolicy policy) {
        boolean answers = point == Point.DELIVERING || point == Point.LEAVING;
        return answers && policy.enforces() ? Interest.DISCO : 0;
    }

    /** Adds what is missing to an account's answer: Openfire before 4.3 can announce nothing for accounts. */
    @Override
    public Verdict judge(Passage passage, OmemoPolicy policy) {
        if (passage.stanza() instanceof IQ answer && answer.getType() == IQ.Type.result) {
            Element query = answer.getChildElement();
            if (query != null && isAboutPepOfAccount(answer, query)) {
                complete(query);
            }
        }
        return Verdict.PASS;
    }

    private void complete(Element query) {
        Set<String> there = new HashSet<>();
        query.elements("feature").forEach(feature -> there.add(feature.attributeValue("var")));
        for (String feature : missing) {
            if (!there.contains(feature)) {
                query.addElement("feature", DISCO_INFO).addAttribute("var", feature);
            }
        }
    }

    private boolean isAboutPepOfAccount(IQ answer, Element query) {
        boolean account = answer.getFrom() != null
                && answer.getFrom().getNode() != null
                && answer.getFrom().getResource() == null
                && answer.getFrom().getDomain().equals(host.domain());
        return account
                && DISCO_INFO.equals(query.getNamespaceURI())
                && query.attribute("node") == null
                && query.elements("identity").stream()
                        .anyMatch(identity -> "pubsub".equals(identity.attributeValue("category")));
    }
}
