// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.check;

import im.bastion.omemo.wire.OmemoNode;
import im.bastion.policy.Severity;
import java.util.regex.Pattern;

/** A bundle is found by its device's id: the item's id, in the legacy generation the node's. */
final class BundleItemIdIsDeviceIdCheck extends NamedCheck {
    /** Numbers beyond the range of device ids have been seen, and found by clients of the same kind. */
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,10}");

    BundleItemIdIsDeviceIdCheck() {
        super("omemo.bundle-item-id-is-device-id", Citations.BUNDLE, Severity.ERROR);
    }

    @Override
    public Finding finding(PublishedItem item) {
        if (item.node().kind() != OmemoNode.Kind.BUNDLES) {
            return null;
        }
        String text = item.deviceText();
        if (text != null && NUMBER.matcher(text).matches()) {
            return null;
        }
        return item.node().holdsManyItems()
                ? new Finding("item", "has an id that is no device id: no client will find it")
                : new Finding("node", "does not end in a device id: no client will find it");
    }
}
