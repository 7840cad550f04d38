// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.dom4j.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentHashTest {
    private static final String ITEM =
            "<item id='1'><list xmlns='a'><device id='7' label='x'/><device id='8'/>text</list></item>";

    @Test
    void isTheSameForACopyAndForWhatTheHostAddsToTheItem() {
        Element item = Stanza.element(ITEM);
        Element told = Stanza.element(ITEM.replace("id='1'", "id='1' node='n'"));

        assertThat(of(item)).isEqualTo(of(item.createCopy())).isEqualTo(of(told));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<item id='2'><list xmlns='a'><device id='7' label='x'/><device id='8'/>text</list></item>",
                "<item id='1'><list xmlns='b'><device id='7' label='x'/><device id='8'/>text</list></item>",
                "<item id='1'><list xmlns='a'><device id='7' label='y'/><device id='8'/>text</list></item>",
                "<item id='1'><list xmlns='a'><device id='8'/><device id='7' label='x'/>text</list></item>",
                "<item id='1'><list xmlns='a'><device id='7' label='x'><device id='8'/></device>text</list></item>",
                "<item id='1'><list xmlns='a'><device id='7' label='x'/><device id='8'/>texts</list></item>",
                "<item id='1'><list xmlns='a'><device id='7' label='x'/><device id='8'/></list></item>",
                "<item id='1'/>"
            })
    void isAnotherForOtherContent(String other) {
        assertThat(of(Stanza.element(other))).isNotEqualTo(of(Stanza.element(ITEM)));
    }

    @Test
    void knowsWhereOneTextEndsAndTheNextBegins() {
        assertThat(of(Stanza.element("<item id='ab'><c xmlns='d'/></item>")))
                .isNotEqualTo(of(Stanza.element("<item id='a'><bc xmlns='d'/></item>")));
    }

    @Test
    void theOrderOfItemsCounts() {
        List<Element> items = new ArrayList<>(List.of(
                Stanza.element("<item id='1'><a xmlns='x'/></item>"),
                Stanza.element("<item id='2'><a xmlns='x'/></item>")));
        long before = ContentHash.ofItems(items);
        items.add(items.remove(0));

        assertThat(ContentHash.ofItems(items)).isNotEqualTo(before);
    }

    private static long of(Element item) {
        return ContentHash.ofItems(List.of(item));
    }
}
