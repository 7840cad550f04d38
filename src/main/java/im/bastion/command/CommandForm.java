// SPDX-License-Identifier: Apache-2.0
package im.bastion.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.dom4j.Element;

/** A form as a command shows it, or, without fields, a note. */
public final class CommandForm {
    private static final String DATA = "jabber:x:data";

    private record Line(String name, String type, String label, String value, Map<String, String> options) {}

    private final String text;
    private final List<Line> lines = new ArrayList<>();

    /** @param text instructions, or what has been done */
    public CommandForm(String text) {
        this.text = text;
    }

    /** A line of text to fill in. */
    public CommandForm text(String name, String label, String value) {
        lines.add(new Line(name, "text-single", label, value, Map.of()));
        return this;
    }

    /** A choice. */
    public CommandForm choice(String name, String label, String value, Map<String, String> options) {
        lines.add(new Line(name, "list-single", label, value, options));
        return this;
    }

    /** Something to read. */
    public CommandForm read(String label, String value) {
        lines.add(new Line(null, "fixed", label, label + ": " + value, Map.of()));
        return this;
    }

    public boolean hasFields() {
        return !lines.isEmpty();
    }

    public String text() {
        return text;
    }

    /** Adds the form to a command. */
    public void addTo(Element command, String type, String title) {
        Element form = command.addElement("x", DATA).addAttribute("type", type);
        form.addElement("title").setText(title);
        form.addElement("instructions").setText(text);
        for (Line line : lines) {
            Element field = form.addElement("field").addAttribute("type", line.type());
            if (line.name() != null) {
                field.addAttribute("var", line.name()).addAttribute("label", line.label());
            }
            if (!line.value().isEmpty()) {
                field.addElement("value").setText(line.value());
            }
            line.options().forEach((value, label) -> field.addElement("option")
                    .addAttribute("label", label)
                    .addElement("value")
                    .setText(value));
        }
    }
}
