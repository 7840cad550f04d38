// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.host.Pep;
import im.bastion.policy.Mode;
import im.bastion.policy.Refusal;
import im.bastion.policy.Verdict;
import org.dom4j.Element;

/** Owners who configure a node, or create one with a configuration. */
final class ConfigureRequests {
    private static final String COLLECTION = "pubsub#collection";

    private final Pep pep;
    private final OmemoRecord record;

    ConfigureRequests(Pep pep, OmemoRecord record) {
        this.pep = pep;
        this.record = record;
    }

    Verdict judge(OwnerRequest request, Element configure) {
        String nodeId = configure.attributeValue("node");
        Element create = request.pubsub().element("create");
        if (nodeId == null && create != null) {
            nodeId = create.attributeValue("node");
        }
        NodeForm form = NodeForm.ofConfiguration(configure);
        if (nodeId == null || form == null) {
            return Verdict.PASS;
        }
        try {
            boolean max = NodeConfiguration.check(form, KeyNode.of(nodeId));
            checkCollection(request, form);
            if (max) {
                record.rewritten();
            }
            if (request.enforces()) {
                NodeConfiguration.rewrite(form, pep.node(request.owner(), nodeId), request.limit());
            }
            return Verdict.PASS;
        } catch (UnacceptableOption e) {
            Refusal refusal = e.toConfigurer();
            record.refused(request.owner(), nodeId, refusal, request.enforces() ? Mode.ENFORCE : Mode.OBSERVE);
            return request.enforces() ? Verdict.reject(refusal) : Verdict.PASS;
        }
    }

    /** Hosts find out that there is no such node when they have applied what stands before it. */
    private void checkCollection(OwnerRequest request, NodeForm form) throws UnacceptableOption {
        for (String parent : form.values(COLLECTION)) {
            if (!pep.hasCollection(request.owner(), parent)) {
                throw UnacceptableOption.malformed(COLLECTION, "an existing collection");
            }
        }
    }
}
