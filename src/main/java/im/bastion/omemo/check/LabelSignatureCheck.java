// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.check;

import im.bastion.omemo.curve.Signatures;
import im.bastion.omemo.wire.DeviceList;
import im.bastion.omemo.wire.KeyBytes;
import im.bastion.omemo.wire.OmemoFormatException;
import im.bastion.omemo.wire.OmemoGeneration;
import im.bastion.policy.Severity;
import java.nio.charset.StandardCharsets;

/** A label is signed by the device it is for: clients must ignore it otherwise. Devices without a known bundle are passed. */
final class LabelSignatureCheck extends DeviceListCheck {
    private static final String FIELD = "labelsig";

    LabelSignatureCheck() {
        super("omemo.label-signature", Citations.DEVICE_LIST, Severity.WARNING);
    }

    @Override
    Finding finding(PublishedItem item, DeviceList list) {
        if (list.generation() != OmemoGeneration.OMEMO_2) {
            return null;
        }
        for (DeviceList.Device device : list.devices()) {
            String problem = device.label().isEmpty() ? null : problem(device, item.known());
            if (problem != null) {
                return new Finding(FIELD, "of device " + device.id() + " " + problem);
            }
        }
        return null;
    }

    private static String problem(DeviceList.Device device, KnownKeys known) {
        if (device.labelSignature().isEmpty()) {
            return "is missing beside a label";
        }
        KeyBytes signature;
        try {
            signature = KeyBytes.decode(FIELD, device.labelSignature());
        } catch (OmemoFormatException e) {
            return "is not base64";
        }
        if (signature.length() != Signatures.BYTES) {
            return "has " + signature;
        }
        KeyBytes key = known.identityKey(OmemoGeneration.OMEMO_2, device.id());
        byte[] label = device.label().getBytes(StandardCharsets.UTF_8);
        boolean signed = key == null
                || key.length() != OmemoGeneration.OMEMO_2.keyBytes()
                || Signatures.ed25519(key.toArray(), label, signature.toArray());
        return signed ? null : "is not the device's own signature of this label";
    }
}
