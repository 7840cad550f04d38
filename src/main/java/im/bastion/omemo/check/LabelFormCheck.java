// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.check;

import im.bastion.omemo.wire.DeviceList;
import im.bastion.policy.Severity;

/** A label is short, and holds nothing that makes the text around it read otherwise. */
final class LabelFormCheck extends DeviceListCheck {
    /** XEP-0384 §5.3.1: fewer than 53 code points. */
    private static final int MAX_CODE_POINTS = 52;

    LabelFormCheck() {
        super("omemo.label-form", Citations.DEVICE_LIST, Severity.WARNING);
    }

    @Override
    Finding finding(PublishedItem item, DeviceList list) {
        for (DeviceList.Device device : list.devices()) {
            String label = device.label();
            int length = label.codePointCount(0, label.length());
            if (length > MAX_CODE_POINTS) {
                return new Finding("label", "has " + length + " characters, more than " + MAX_CODE_POINTS);
            }
            if (label.codePoints().anyMatch(LabelFormCheck::misleads)) {
                return new Finding("label", "has control or direction characters");
            }
        }
        return null;
    }

    private static boolean misleads(int codePoint) {
        return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.FORMAT;
    }
}
