// SPDX-License-Identifier: Apache-2.0
package im.bastion.command;

import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.dom4j.Element;

/** The fields of a submitted form (XEP-0004), the first value of each: at most 32 of 4,096 characters. */
public final class Fields {
    private static final int MAX_FIELDS = 32;
    private static final int MAX_CHARS = 4_096;

    private final Map<String, String> values = new HashMap<>();

    /** @param form null for none */
    public Fields(Element form) {
        if (form == null) {
            return;
        }
        for (Iterator<?> fields = form.elementIterator("field"); fields.hasNext() && values.size() < MAX_FIELDS; ) {
            Element field = (Element) fields.next();
            String name = field.attributeValue("var");
            String value = field.elementText("value");
            if (name != null && value != null) {
                values.put(
                        name,
                        value.substring(0, Math.min(value.length(), MAX_CHARS)).strip());
            }
        }
    }

    /** The field's text; empty when it is absent. */
    public String text(String name) {
        return values.getOrDefault(name, "");
    }

    /** The field's text, which must be there. */
    public String required(String name) throws CommandException {
        String value = text(name);
        if (value.isEmpty()) {
            throw new CommandException("\"" + name + "\" must be filled in.");
        }
        return value;
    }

    /** The field as a duration in minutes; null for 0 or nothing, which means without end. */
    public Duration minutes(String name, int max) throws CommandException {
        String value = text(name);
        if (value.isEmpty()) {
            return null;
        }
        try {
            int minutes = Integer.parseInt(value);
            if (minutes >= 0 && minutes <= max) {
                return minutes == 0 ? null : Duration.ofMinutes(minutes);
            }
        } catch (NumberFormatException e) {
            // The same answer as for a number out of range.
        }
        throw new CommandException("\"" + name + "\" must be whole minutes of 0 to " + max + "; 0 is without end.");
    }
}
