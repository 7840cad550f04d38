// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.host.Pep;
import im.bastion.omemo.wire.OmemoNode;
import im.bastion.policy.Mode;
import im.bastion.policy.Refusal;
import im.bastion.policy.RuleId;
import im.bastion.policy.Verdict;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.dom4j.Element;
import org.xmpp.packet.JID;

/**
 * Owners who publish: the conditions they set are answered here (XEP-0060 §7.1.5), what goes to OMEMO nodes is judged, and
 * what goes on to the host is remembered until its result.
 */
final class PublishRequests {
    private static final RuleId AWAITED = new RuleId("omemo.awaited-publishes");
    private static final String PUBLISH_OPTIONS = "publish-options";

    private final Pep pep;
    private final boolean hostReadsOptions;
    private final AwaitedPublishes awaited;
    private final List<PublishJudge> judges;
    private final OmemoRecord record;

    PublishRequests(Pep pep, AwaitedPublishes awaited, List<PublishJudge> judges, OmemoRecord record) {
        this.pep = pep;
        this.hostReadsOptions = pep.announces(PepFeatures.PUBLISH_OPTIONS);
        this.awaited = awaited;
        this.judges = judges;
        this.record = record;
    }

    Verdict judge(OwnerRequest request, Element publish) {
        String nodeId = publish.attributeValue("node");
        KeyNode keys = KeyNode.of(nodeId);
        NodeForm form = NodeForm.ofPublishOptions(request.pubsub().element(PUBLISH_OPTIONS));
        if (nodeId == null || (keys == null && form == null)) {
            return Verdict.PASS;
        }
        try {
            if (keys == null && hostReadsOptions) {
                rewrite(request, nodeId, form);
                return Verdict.PASS;
            }
            PublishOptions options = PublishOptions.read(form);
            NodeDemand demand = keys == null
                    ? new PlainNodeDemand(options, request.limit())
                    : new KeyNodeDemand(keys, options, request.limit());
            Pep.Node existing = pep.node(request.owner(), nodeId);
            demand.check(existing);
            Refusal refusal = refusal(request, publish, existing);
            if (refusal != null) {
                return Verdict.reject(refusal);
            }
            return request.enforces()
                    ? take(request, publish, keys, demand, existing)
                    : observe(request, demand, existing);
        } catch (UnacceptableOption e) {
            Refusal refusal = e.toPublisher();
            record.refused(request.owner(), nodeId, refusal, request.enforces() ? Mode.ENFORCE : Mode.OBSERVE);
            return request.enforces() ? Verdict.reject(refusal) : Verdict.PASS;
        }
    }

    /** What the judges say to a publish to one of OMEMO's nodes; they have nothing to say to others. */
    private Refusal refusal(OwnerRequest request, Element element, Pep.Node existing) {
        OmemoNode omemo = OmemoNode.of(element.attributeValue("node"));
        if (omemo == null) {
            return null;
        }
        PublishRequest publish = new PublishRequest(request.client(), omemo, element, existing, request.policy());
        for (PublishJudge judge : judges) {
            Refusal refusal = judge.judge(publish);
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }

    /**
     * For a host that reads the options, and compares each with the node's own form: a field that is not in there would let
     * the first publish through and refuse the same one the second time.
     */
    private void rewrite(OwnerRequest request, String nodeId, NodeForm form) throws UnacceptableOption {
        PublishOptions.checkKnown(form);
        boolean creates = PublishOptions.autoCreates(form);
        boolean max = NodeConfiguration.check(form, null);
        if (max) {
            record.rewritten();
        }
        if (!request.enforces()) {
            return;
        }
        Pep.Node existing = pep.node(request.owner(), nodeId);
        NodeConfiguration.rewrite(form, existing, request.limit());
        for (String name : form.names()) {
            boolean answered = !FieldValues.isRead(name) && (creates || existing != null);
            if (answered) {
                form.remove(name);
            }
        }
    }

    private Verdict take(OwnerRequest request, Element publish, KeyNode keys, NodeDemand demand, Pep.Node existing) {
        List<Element> items = publish.elements("item");
        items.forEach(item -> giveId(item, keys));
        if (!awaited.add(
                request.iq().getID(),
                new AwaitedPublishes.Publish(
                        request.client(), publish.attributeValue("node"), items, demand, existing == null))) {
            return Verdict.reject(new Refusal(
                    AWAITED, "resource-constraint", "wait", "Too many publishes are under way. Please try again."));
        }
        Element options = request.pubsub().element(PUBLISH_OPTIONS);
        if (options != null) {
            // Met from here on; hosts that read them stumble over "max", others never look.
            request.pubsub().remove(options);
        }
        // Openfire before 4.6 makes an account's first node only for a request without address.
        request.iq().setTo((JID) null);
        return Verdict.PASS;
    }

    private Verdict observe(OwnerRequest request, NodeDemand demand, Pep.Node existing) {
        Map<String, String> changes = existing == null ? Map.of() : demand.changes(existing, false);
        if (!changes.isEmpty()) {
            record.repaired(request.owner(), existing, changes, Mode.OBSERVE);
        }
        return Verdict.PASS;
    }

    /** The host would make one up, and what is written early must be what the host writes later. */
    private static void giveId(Element item, KeyNode keys) {
        if (item.attributeValue("id") == null) {
            boolean single = keys != null && !keys.holdsManyItems();
            item.addAttribute("id", single ? "current" : UUID.randomUUID().toString());
        }
    }
}
