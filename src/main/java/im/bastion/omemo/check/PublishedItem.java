// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.check;

import im.bastion.omemo.wire.OmemoNode;
import org.dom4j.Element;

/**
 * One item of a publish to an OMEMO node.
 *
 * @param id or null when the publisher gave none
 * @param payload or null when there is none
 */
public record PublishedItem(OmemoNode node, String id, Element payload) {
    /** The item as it stands in {@code <publish/>}. */
    public static PublishedItem of(OmemoNode node, Element item) {
        Element payload = item.elements().isEmpty() ? null : item.elements().get(0);
        return new PublishedItem(node, item.attributeValue("id"), payload);
    }
}
