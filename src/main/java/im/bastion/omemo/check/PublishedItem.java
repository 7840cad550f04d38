// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.check;

import im.bastion.omemo.wire.Bundle;
import im.bastion.omemo.wire.DeviceId;
import im.bastion.omemo.wire.DeviceList;
import im.bastion.omemo.wire.OmemoFormatException;
import im.bastion.omemo.wire.OmemoGeneration;
import im.bastion.omemo.wire.OmemoNode;
import java.util.List;
import org.dom4j.Element;

/**
 * One item of a publish to an OMEMO node, read once for all checks.
 *
 * @param id or null when the publisher gave none
 * @param payloads how many elements the item has
 * @param devices null unless the node is for device lists and the payload is one of its generation
 * @param bundle null unless the node is for bundles and the payload is one of its generation
 * @param unreadable why there is neither, or null
 */
public record PublishedItem(
        OmemoNode node,
        String id,
        int payloads,
        DeviceList devices,
        Bundle bundle,
        String unreadable,
        KnownKeys known) {
    /** The item as it stands in {@code <publish/>}. */
    public static PublishedItem of(OmemoNode node, Element item, KnownKeys known) {
        List<Element> children = item.elements();
        Builder builder = new Builder(node, item.attributeValue("id"), children.size(), known);
        return children.isEmpty() ? builder.with(null, null, null) : builder.read(children.get(0));
    }

    /** The device that a bundle is of; 0 when the item's or the node's name is no device id. */
    public int device() {
        return DeviceId.parse(deviceText());
    }

    /** What stands where a bundle's device id should. */
    String deviceText() {
        return node.holdsManyItems() ? id : node.deviceSuffix();
    }

    OmemoGeneration generation() {
        return node.generation();
    }

    private record Builder(OmemoNode node, String id, int payloads, KnownKeys known) {
        PublishedItem read(Element payload) {
            try {
                return switch (node.kind()) {
                    case DEVICES -> list(DeviceList.parse(payload));
                    case BUNDLES -> bundle(Bundle.parse(payload));
                    case VERIFICATION -> with(null, null, null);
                };
            } catch (OmemoFormatException e) {
                return with(null, null, e.getMessage());
            }
        }

        private PublishedItem list(DeviceList list) {
            return list.generation() == node.generation()
                    ? with(list, null, null)
                    : with(null, null, "the list is of another generation than its node");
        }

        private PublishedItem bundle(Bundle bundle) {
            return bundle.generation() == node.generation()
                    ? with(null, bundle, null)
                    : with(null, null, "the bundle is of another generation than its node");
        }

        PublishedItem with(DeviceList devices, Bundle bundle, String unreadable) {
            return new PublishedItem(node, id, payloads, devices, bundle, unreadable, known);
        }
    }
}
