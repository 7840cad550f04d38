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
 * @param oddities what is wrong with entries that were left out, or with labels that were
 */
public record DeviceList(OmemoGeneration generation, List<Device> devices, List<String> oddities) {
    public static final int MAX_DEVICES = 1_000;
    private static final int MAX_LABEL = 1_024;
    private static final String DEVICE = "device";

    /**
     * One device.
     *
     * @param label the user's words for it, or empty
     * @param labelSignature base64 as published, or empty
     */
    public record Device(int id, String label, String labelSignature) {}

    public DeviceList {
        devices = List.copyOf(devices);
        oddities = List.copyOf(oddities);
    }

    /** A list of which nothing was left out. */
    public DeviceList(OmemoGeneration generation, List<Device> devices) {
        this(generation, devices, List.of());
    }

    /** Reads {@code <devices/>} or the legacy {@code <list/>}. One entry that cannot be read does not spoil the others. */
    public static DeviceList parse(Element payload) throws OmemoFormatException {
        OmemoGeneration generation = OmemoGeneration.ofNamespace(payload.getNamespaceURI());
        if (generation == null || !payload.getName().equals(rootName(generation))) {
            throw new OmemoFormatException("the payload is not a device list");
        }
        List<Device> devices = new ArrayList<>();
        Oddities oddities = new Oddities();
        Set<Integer> seen = new HashSet<>();
        int entries = 0;
        for (Element child : payload.elements()) {
            if (!isDevice(child, generation)) {
                continue;
            }
            if (++entries > MAX_DEVICES) {
                throw new OmemoFormatException("the list has more than " + MAX_DEVICES + " devices");
            }
            int id = DeviceId.parse(child.attributeValue("id"));
            if (id == 0) {
                oddities.add("a device has no id between 1 and 2147483647");
            } else if (seen.add(id)) {
                devices.add(new Device(id, text(child, "label", oddities), text(child, "labelsig", oddities)));
            } else {
                oddities.add("the device id " + id + " is listed twice");
            }
        }
        return new DeviceList(generation, devices, oddities.all());
    }

    /** Whether the child of a list is an entry of that generation. */
    public static boolean isDevice(Element child, OmemoGeneration generation) {
        return child.getName().equals(DEVICE) && child.getNamespaceURI().equals(generation.namespace());
    }

    /** The ids, in the order of the list. */
    public List<Integer> ids() {
        return devices.stream().map(Device::id).toList();
    }

    /** The payload to publish. */
    public Element toElement() {
        Element list = DocumentHelper.createElement(QName.get(rootName(generation), generation.namespace()));
        for (Device device : devices) {
            Element child = list.addElement(QName.get(DEVICE, generation.namespace()))
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

    private static String text(Element child, String name, Oddities oddities) {
        String value = child.attributeValue(name, "");
        if (value.length() > MAX_LABEL) {
            oddities.add("a " + name + " is longer than " + MAX_LABEL + " characters");
            return "";
        }
        return value;
    }

    private static String rootName(OmemoGeneration generation) {
        return generation == OmemoGeneration.LEGACY ? "list" : "devices";
    }
}
