// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.wire;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.dom4j.QName;

/**
 * The devices an account announces (XEP-0384 §5.3.1; 0.3.0 §4.2), in the order of the list. Holds only what it
 * understands: a list made from it has lost foreign elements and attributes.
 *
 * @param devices at most {@link #MAX_DEVICES}, ids without repetition; may be empty
 */
public record DeviceList(OmemoGeneration generation, List<Device> devices) {
    public static final int MAX_DEVICES = 1_000;
    private static final int MAX_LABEL = 1_024;

    /**
     * One device.
     *
     * @param label the user's words for it, or empty
     * @param labelSignature base64 as published, or empty
     */
    public record Device(int id, String label, String labelSignature) {}

    public DeviceList {
        devices = List.copyOf(devices);
    }

    /** Reads {@code <devices/>} or the legacy {@code <list/>}. */
    public static DeviceList parse(Element payload) throws OmemoFormatException {
        OmemoGeneration generation = OmemoGeneration.ofNamespace(payload.getNamespaceURI());
        if (generation == null || !payload.getName().equals(rootName(generation))) {
            throw new OmemoFormatException("the payload is not a device list");
        }
        List<Device> devices = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        for (Element child : payload.elements()) {
            if (child.getName().equals("device") && child.getNamespaceURI().equals(generation.namespace())) {
                Device device = device(child);
                if (!seen.add(device.id())) {
                    throw new OmemoFormatException("the device id " + device.id() + " is listed twice");
                }
                devices.add(device);
                if (devices.size() > MAX_DEVICES) {
                    throw new OmemoFormatException("more than " + MAX_DEVICES + " devices");
                }
            }
        }
        return new DeviceList(generation, devices);
    }

    /** The payload to publish. */
    public Element toElement() {
        Element list = DocumentHelper.createElement(QName.get(rootName(generation), generation.namespace()));
        for (Device device : devices) {
            Element child = list.addElement(QName.get("device", generation.namespace()))
                    .addAttribute("id", String.valueOf(device.id()));
            if (!device.label().isEmpty()) {
                child.addAttribute("label", device.label());
            }
            if (!device.labelSignature().isEmpty()) {
                child.addAttribute("labelsig", device.labelSignature());
            }
        }
        return list;
    }

    private static Device device(Element child) throws OmemoFormatException {
        int id = DeviceId.parse(child.attributeValue("id"));
        if (id == 0) {
            throw new OmemoFormatException("a device has no id between 1 and 2147483647");
        }
        return new Device(id, attribute(child, "label"), attribute(child, "labelsig"));
    }

    private static String attribute(Element child, String name) throws OmemoFormatException {
        String value = child.attributeValue(name, "");
        if (value.length() > MAX_LABEL) {
            throw new OmemoFormatException(name + " is longer than " + MAX_LABEL + " characters");
        }
        return value;
    }

    private static String rootName(OmemoGeneration generation) {
        return generation == OmemoGeneration.LEGACY ? "list" : "devices";
    }
}
