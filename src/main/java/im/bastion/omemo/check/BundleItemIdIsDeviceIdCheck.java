// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.check;

import im.bastion.omemo.wire.DeviceId;
import im.bastion.omemo.wire.OmemoNode;
import im.bastion.policy.Citation;
import im.bastion.policy.RuleId;
import im.bastion.policy.Severity;

/** A bundle is found by its device's id: the item's id, in the legacy generation the node's. */
final class BundleItemIdIsDeviceIdCheck implements PublishCheck {
    private static final RuleId ID = new RuleId("omemo.bundle-item-id-is-device-id");
    private static final Citation CITATION = new Citation("XEP-0384", "5.3.2");

    @Override
    public RuleId id() {
        return ID;
    }

    @Override
    public Citation citation() {
        return CITATION;
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public String finding(PublishedItem item) {
        if (item.node().kind() != OmemoNode.Kind.BUNDLES) {
            return null;
        }
        boolean many = item.node().holdsManyItems();
        if (DeviceId.parse(many ? item.id() : item.node().deviceSuffix()) != 0) {
            return null;
        }
        return many
                ? "A bundle's item id is no device id: no client will find it."
                : "A bundle node does not end in a device id: no client will find it.";
    }
}
