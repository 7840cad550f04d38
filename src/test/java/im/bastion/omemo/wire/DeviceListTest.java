// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.wire;

import static im.bastion.omemo.Stanza.element;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.bastion.omemo.wire.DeviceList.Device;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.UniqueElements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceListTest {
    @Test
    void readsDevicesWithTheirLabels() throws OmemoFormatException {
        DeviceList list = DeviceList.parse(element("<devices xmlns='urn:xmpp:omemo:2'><device id='101'/>"
                + "<device id='202' label='Gajim on Ubuntu' labelsig='c2ln'/></devices>"));

        assertThat(list)
                .isEqualTo(new DeviceList(
                        OmemoGeneration.OMEMO_2,
                        List.of(new Device(101, "", ""), new Device(202, "Gajim on Ubuntu", "c2ln"))));
    }

    @Test
    void readsTheLegacyList() throws OmemoFormatException {
        DeviceList list = DeviceList.parse(
                element("<list xmlns='eu.siacs.conversations.axolotl'><device id='2147483647'/></list>"));

        assertThat(list.generation()).isEqualTo(OmemoGeneration.LEGACY);
        assertThat(list.devices()).containsExactly(new Device(2147483647, "", ""));
    }

    @Test
    void letsAListBeEmpty() throws OmemoFormatException {
        assertThat(DeviceList.parse(element("<devices xmlns='urn:xmpp:omemo:2'/>"))
                        .devices())
                .isEmpty();
    }

    @Test
    void passesOverWhatItDoesNotKnow() throws OmemoFormatException {
        DeviceList list = DeviceList.parse(element("<devices xmlns='urn:xmpp:omemo:2' new='1'>"
                + "<device id='1' colour='red'><note/></device><device xmlns='urn:other' id='x'/><other/></devices>"));

        assertThat(list.devices()).containsExactly(new Device(1, "", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<list xmlns='urn:xmpp:omemo:2'/>",
                "<devices xmlns='eu.siacs.conversations.axolotl'/>",
                "<devices xmlns='urn:xmpp:omemo:0'/>",
                "<bundle xmlns='urn:xmpp:omemo:2'/>",
                "<devices/>"
            })
    void refusesWhatIsNoDeviceList(String xml) {
        assertThatThrownBy(() -> DeviceList.parse(element(xml))).isInstanceOf(OmemoFormatException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<device/>", "<device id='0'/>", "<device id='-1'/>", "<device id='7'/>"})
    void oneBadEntryIsLeftOutAndNamed(String entry) throws OmemoFormatException {
        DeviceList list =
                DeviceList.parse(element("<devices xmlns='urn:xmpp:omemo:2'><device id='7'/>" + entry + "</devices>"));

        assertThat(list.ids()).containsExactly(7);
        assertThat(list.oddities()).hasSize(1);
    }

    @Test
    void aLabelBeyondAllMeasureIsLeftOut() throws OmemoFormatException {
        DeviceList list = DeviceList.parse(element(
                "<devices xmlns='urn:xmpp:omemo:2'><device id='7' label='" + "a".repeat(1_025) + "'/></devices>"));

        assertThat(list.devices()).containsExactly(new Device(7, "", ""));
        assertThat(list.oddities()).containsExactly("a label is longer than 1024 characters");
    }

    @Test
    void refusesMoreDevicesThanAnybodyHas() {
        StringBuilder xml = new StringBuilder("<devices xmlns='urn:xmpp:omemo:2'>");
        for (int id = 1; id <= DeviceList.MAX_DEVICES + 1; id++) {
            xml.append("<device id='").append(id).append("'/>");
        }

        assertThatThrownBy(() -> DeviceList.parse(element(xml + "</devices>")))
                .isInstanceOf(OmemoFormatException.class)
                .hasMessageContaining("1000");
    }

    @Property(tries = 100)
    void readsWhatItWrites(
            @ForAll OmemoGeneration generation,
            @ForAll @UniqueElements List<@IntRange(min = 1, max = Integer.MAX_VALUE) Integer> ids)
            throws OmemoFormatException {
        DeviceList list = new DeviceList(
                generation,
                ids.stream().map(id -> new Device(id, "a label", "")).toList());

        assertThat(DeviceList.parse(element(list.toElement().asXML()))).isEqualTo(list);
    }
}
