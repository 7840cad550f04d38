// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.gate.Passage;
import im.bastion.host.Pep;
import im.bastion.omemo.check.PublishCheck;
import im.bastion.omemo.check.PublishChecks;
import im.bastion.omemo.check.PublishedItem;
import im.bastion.omemo.wire.OmemoNode;
import im.bastion.policy.Mode;
import im.bastion.policy.Refusal;
import im.bastion.policy.RuleId;
import im.bastion.policy.Verdict;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.dom4j.Element;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;

/** What local accounts ask of their own nodes, before the host sees it. */
final class OwnerRequests {
    private static final RuleId AWAITED = new RuleId("omemo.awaited-publishes");
    private static final String PUBLISH_OPTIONS = "publish-options";

    private final Pep pep;
    private final boolean hostReadsOptions;
    private final AwaitedPublishes awaited;
    private final OmemoRecord record;

    OwnerRequests(Pep pep, AwaitedPublishes awaited, OmemoRecord record) {
        this.pep = pep;
        this.hostReadsOptions = pep.announces(PepFeatures.PUBLISH_OPTIONS);
        this.awaited = awaited;
        this.record = record;
    }

    /** @param mode OBSERVE or ENFORCE */
    Verdict enter(Passage passage, Mode mode, int limit) {
        if (!(passage.stanza() instanceof IQ iq) || iq.getType() != IQ.Type.set || iq.getID() == null) {
            return Verdict.PASS;
        }
        JID client = passage.client();
        if (client == null || !(passage.to() == null || passage.to().equals(client.asBareJID()))) {
            return Verdict.PASS;
        }
        return new Request(iq, client, mode, limit).judge();
    }

    /** One request, with what all steps need. */
    private final class Request {
        private final IQ iq;
        private final Element child;
        private final JID client;
        private final boolean enforce;
        private final int limit;

        Request(IQ iq, JID client, Mode mode, int limit) {
            this.iq = iq;
            this.child = iq.getChildElement();
            this.client = client;
            this.enforce = mode == Mode.ENFORCE;
            this.limit = limit;
        }

        Verdict judge() {
            Element publish = child.element("publish");
            Element configure = child.element("configure");
            if (publish != null) {
                return publish(publish);
            }
            return configure == null ? Verdict.PASS : configure(configure);
        }

        private Verdict publish(Element publish) {
            String nodeId = publish.attributeValue("node");
            OmemoNode omemo = OmemoNode.of(nodeId);
            NodeForm form = NodeForm.ofPublishOptions(child.element(PUBLISH_OPTIONS));
            if (nodeId == null || (omemo == null && form == null)) {
                return Verdict.PASS;
            }
            try {
                if (omemo == null && hostReadsOptions) {
                    rewrite(nodeId, form, null);
                    return Verdict.PASS;
                }
                return publish(publish, omemo, PublishOptions.read(form));
            } catch (UnacceptableOption e) {
                return refuse(nodeId, e.toPublisher());
            }
        }

        private Verdict publish(Element publish, OmemoNode omemo, PublishOptions options) throws UnacceptableOption {
            String nodeId = publish.attributeValue("node");
            NodeDemand demand =
                    omemo == null ? new PlainNodeDemand(options, limit) : new OmemoNodeDemand(omemo, options, limit);
            Pep.Node existing = pep.node(client.asBareJID(), nodeId);
            demand.check(existing);
            if (omemo != null) {
                ask(publish, omemo);
            }
            return enforce ? take(publish, omemo, demand, existing) : observe(demand, existing);
        }

        private Verdict take(Element publish, OmemoNode omemo, NodeDemand demand, Pep.Node existing) {
            String nodeId = publish.attributeValue("node");
            List<Element> items = publish.elements("item");
            items.forEach(item -> giveId(item, omemo));
            if (!awaited.add(
                    iq.getID(), new AwaitedPublishes.Publish(client, nodeId, items, demand, existing == null))) {
                return Verdict.reject(new Refusal(
                        AWAITED, "resource-constraint", "wait", "Too many publishes are under way. Please try again."));
            }
            Element options = child.element(PUBLISH_OPTIONS);
            if (options != null) {
                // Met from here on; hosts that read them stumble over "max", others never look.
                child.remove(options);
            }
            return Verdict.PASS;
        }

        private Verdict observe(NodeDemand demand, Pep.Node existing) {
            Map<String, String> changes = existing == null ? Map.of() : demand.changes(existing, false);
            if (!changes.isEmpty()) {
                record.repaired(client.asBareJID(), existing, changes, Mode.OBSERVE);
            }
            return Verdict.PASS;
        }

        /** The host would make one up, and what is written early must be what the host writes later. */
        private void giveId(Element item, OmemoNode omemo) {
            if (item.attributeValue("id") == null) {
                boolean single = omemo != null && !omemo.holdsManyItems();
                item.addAttribute("id", single ? "current" : UUID.randomUUID().toString());
            }
        }

        private void ask(Element publish, OmemoNode omemo) {
            for (Element element : publish.elements("item")) {
                PublishedItem item = PublishedItem.of(omemo, element);
                for (PublishCheck check : PublishChecks.ALL) {
                    String finding = check.finding(item);
                    if (finding != null) {
                        record.questioned(client.asBareJID(), publish.attributeValue("node"), check, finding);
                    }
                }
            }
        }

        private Verdict configure(Element configure) {
            String nodeId = configure.attributeValue("node");
            if (nodeId == null && child.element("create") != null) {
                nodeId = child.element("create").attributeValue("node");
            }
            NodeForm form = NodeForm.ofConfiguration(configure);
            if (nodeId == null || form == null) {
                return Verdict.PASS;
            }
            try {
                rewrite(nodeId, form, OmemoNode.of(nodeId));
                return Verdict.PASS;
            } catch (UnacceptableOption e) {
                return refuse(nodeId, e.toConfigurer());
            }
        }

        private void rewrite(String nodeId, NodeForm form, OmemoNode omemo) throws UnacceptableOption {
            boolean max = ConfigurationRequests.check(form, omemo);
            if (max) {
                record.rewritten();
            }
            if (enforce) {
                ConfigurationRequests.rewrite(form, pep.node(client.asBareJID(), nodeId), limit);
            }
        }

        private Verdict refuse(String nodeId, Refusal refusal) {
            record.refused(client.asBareJID(), nodeId, refusal, enforce ? Mode.ENFORCE : Mode.OBSERVE);
            return enforce ? Verdict.reject(refusal) : Verdict.PASS;
        }
    }
}
