// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.reputation;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.dom4j.Element;

/**
 * Why entries stand on a list, as far as their publisher says (XEP-0377 payloads): at most {@link #MAX} different reasons,
 * so that an entry needs one byte for its own. One thread writes; any may read.
 */
final class ListedReasons {
    /** How many different ones are kept; of what comes then only "spam" or "abuse". */
    static final int MAX = 255;

    private static final String REPORTING = "urn:xmpp:reporting:";
    private static final List<String> PLAIN = List.of("", "spam", "abuse");
    private static final int MAX_CHARS = 100;

    private final List<String> known = new CopyOnWriteArrayList<>(PLAIN);

    /** The mark of an item's reason; 0 when it gives none. */
    byte mark(Element item) {
        Element report = item.element("report");
        if (report == null || !report.getNamespaceURI().startsWith(REPORTING)) {
            return 0;
        }
        String kind = report.attributeValue("reason", "").replace(REPORTING, "");
        int plain = Math.max(0, PLAIN.indexOf(kind));
        String text = report.elementText("text");
        if (text == null || text.isBlank()) {
            return (byte) plain;
        }
        String said = text.strip();
        String cut = said.substring(0, Math.min(said.length(), MAX_CHARS));
        return mark(plain == 0 ? cut : PLAIN.get(plain) + ": " + cut, plain);
    }

    /** The reason of a mark; empty for none. */
    String text(byte mark) {
        int index = Byte.toUnsignedInt(mark);
        return index < known.size() ? known.get(index) : "";
    }

    /** All of them, by their marks. */
    List<String> all() {
        return List.copyOf(known);
    }

    /** Takes up what {@link #all} answered before. */
    void restore(List<String> all) {
        all.stream().skip(known.size()).limit(MAX - known.size()).forEach(known::add);
    }

    private byte mark(String reason, int otherwise) {
        int index = known.indexOf(reason);
        if (index >= 0) {
            return (byte) index;
        }
        if (known.size() >= MAX) {
            return (byte) otherwise;
        }
        known.add(reason);
        return (byte) (known.size() - 1);
    }
}
