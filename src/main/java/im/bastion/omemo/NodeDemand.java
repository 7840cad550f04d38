// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.host.Pep;
import java.util.Map;

/** What a node has to be for one publish: checked before the host sees the publish, brought about once it has accepted it. */
interface NodeDemand {
    /**
     * Whether the publish can go ahead.
     *
     * @param existing null when the publish will make the node
     */
    void check(Pep.Node existing) throws UnacceptableOption;

    /**
     * What has to be configured, in the terms of {@link Pep#configure}.
     *
     * @param created whether the publish has made the node
     */
    Map<String, String> changes(Pep.Node now, boolean created);

    /** Refuses to make a node that is not to be made, and a number of items that no node here can have. */
    static void check(PublishOptions options, Pep.Node existing, int limit) throws UnacceptableOption {
        if (existing == null && !options.autoCreate()) {
            throw UnacceptableOption.absent();
        }
        MaxItems asked = options.maxItems();
        if (asked == null || asked.max()) {
            return;
        }
        if (asked.number() < 1) {
            throw UnacceptableOption.malformed(NodeForm.MAX_ITEMS, "at least 1");
        }
        if (asked.number() > limit) {
            throw UnacceptableOption.unmet(NodeForm.MAX_ITEMS, "this server keeps at most " + limit + " items");
        }
    }
}
