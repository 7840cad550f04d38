// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import java.util.ArrayList;
import java.util.List;
import org.dom4j.Element;
import org.dom4j.QName;

/** The submitted form (XEP-0004) that configures a node or sets conditions for a publish. Edits go to the stanza itself. */
final class NodeForm {
    static final String ACCESS_MODEL = "pubsub#access_model";
    static final String PERSIST_ITEMS = "pubsub#persist_items";
    static final String MAX_ITEMS = "pubsub#max_items";
    static final String AUTO_CREATE = "pubsub#auto-create";
    private static final String PUBLISH_OPTIONS = "http://jabber.org/protocol/pubsub#publish-options";
    private static final String FORM_TYPE = "FORM_TYPE";
    private static final String FORMS = "jabber:x:data";

    private final Element form;

    private NodeForm(Element form) {
        this.form = form;
    }

    /** The form of {@code <publish-options/>}; null when there is none, or none that XEP-0060 §7.1.5 lets count. */
    static NodeForm ofPublishOptions(Element publishOptions) {
        NodeForm form = submitted(publishOptions);
        return form != null && form.values(FORM_TYPE).equals(List.of(PUBLISH_OPTIONS)) ? form : null;
    }

    /** The form of {@code <configure/>}, of whatever FORM_TYPE, as hosts do not look at it; null when none is submitted. */
    static NodeForm ofConfiguration(Element configure) {
        return submitted(configure);
    }

    private static NodeForm submitted(Element parent) {
        Element form = parent == null ? null : parent.element(QName.get("x", FORMS));
        return form != null && "submit".equals(form.attributeValue("type")) ? new NodeForm(form) : null;
    }

    /** The names of the fields, without FORM_TYPE. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        for (Element field : form.elements("field")) {
            String name = field.attributeValue("var", "");
            if (!name.equals(FORM_TYPE)) {
                names.add(name);
            }
        }
        return names;
    }

    boolean has(String name) {
        return names().contains(name);
    }

    /** All values of all fields of that name. */
    List<String> values(String name) {
        List<String> values = new ArrayList<>();
        for (Element field : form.elements("field")) {
            if (name.equals(field.attributeValue("var"))) {
                for (Element value : field.elements("value")) {
                    values.add(value.getText());
                }
            }
        }
        return values;
    }

    /** Gives the field that one value. */
    void set(String name, String value) {
        for (Element field : form.elements("field")) {
            if (name.equals(field.attributeValue("var"))) {
                field.clearContent();
                field.addElement(QName.get("value", FORMS)).setText(value);
            }
        }
    }

    /** Takes the field out. */
    void remove(String name) {
        for (Element field : form.elements("field")) {
            if (name.equals(field.attributeValue("var"))) {
                form.remove(field);
            }
        }
    }
}
