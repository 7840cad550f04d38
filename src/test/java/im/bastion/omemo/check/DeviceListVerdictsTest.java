// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.check;

import static im.bastion.omemo.Stanza.element;
import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.omemo.TestBundle;
import im.bastion.omemo.check.Judgement.Usability;
import im.bastion.omemo.wire.IdentityKey;
import im.bastion.omemo.wire.KeyBytes;
import im.bastion.omemo.wire.OmemoGeneration;
import im.bastion.omemo.wire.OmemoNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a device list must be for clients. */
class DeviceListVerdictsTest {
    private static final OmemoNode DEVICES = OmemoNode.of("urn:xmpp:omemo:2:devices");
    private static final OmemoNode LEGACY = OmemoNode.of("eu.siacs.conversations.axolotl.devicelist");
    private static final byte[] IDENTITY = TestBundle.bytes(new Random(3));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<devices xmlns='urn:xmpp:omemo:2'/>|OK",
                "<devices xmlns='urn:xmpp:omemo:2'><device id='1'/></devices>|OK",
                "<devices xmlns='urn:xmpp:omemo:2'><device id='2147483647'/></devices>|OK",
                "<devices xmlns='urn:xmpp:omemo:2' a='b'><device id='1' c='d'/><other xmlns='urn:x'/></devices>|OK",
                "<devices xmlns='urn:xmpp:omemo:2'><device id='0'/></devices>|WARN",
                "<devices xmlns='urn:xmpp:omemo:2'><device id='-1'/></devices>|WARN",
                "<devices xmlns='urn:xmpp:omemo:2'><device id='2147483648'/></devices>|WARN",
                "<devices xmlns='urn:xmpp:omemo:2'><device id='4294967295'/></devices>|WARN",
                "<devices xmlns='urn:xmpp:omemo:2'><device id='4294967296'/></devices>|WARN",
                "<devices xmlns='urn:xmpp:omemo:2'><device id='007'/></devices>|WARN",
                "<devices xmlns='urn:xmpp:omemo:2'><device id='+5'/></devices>|WARN",
                "<devices xmlns='urn:xmpp:omemo:2'><device id=' 7 '/></devices>|WARN",
                "<devices xmlns='urn:xmpp:omemo:2'><device id='0x1F'/></devices>|WARN",
                "<devices xmlns='urn:xmpp:omemo:2'><device id='١٢'/></devices>|WARN",
                "<devices xmlns='urn:xmpp:omemo:2'><device id=''/></devices>|WARN",
                "<devices xmlns='urn:xmpp:omemo:2'><device/></devices>|WARN",
                "<devices xmlns='urn:xmpp:omemo:2'><device id='5'/><device id='5'/></devices>|WARN",
                "<list xmlns='eu.siacs.conversations.axolotl'><device id='5'/></list>|UNUSABLE",
                "<list xmlns='urn:xmpp:omemo:2'><device id='5'/></list>|UNUSABLE",
                "<devices xmlns='urn:x'><device id='5'/></devices>|UNUSABLE",
                "<bundle xmlns='urn:xmpp:omemo:2'/>|UNUSABLE",
                "''|UNUSABLE",
                "<devices xmlns='urn:xmpp:omemo:2'/><devices xmlns='urn:xmpp:omemo:2'/>|UNUSABLE"
            })
    void everyBadListGetsItsVerdict(String payload, Usability verdict) {
        assertThat(judge(DEVICES, "current", payload).usability()).isEqualTo(verdict);
    }

    @Test
    void theLegacyListHasItsOwnNames() {
        assertThat(judge(LEGACY, "current", "<list xmlns='eu.siacs.conversations.axolotl'><device id='5'/></list>")
                        .notes())
                .isEmpty();
        assertThat(judge(LEGACY, "current", "<devices xmlns='urn:xmpp:omemo:2'><device id='5'/></devices>")
                        .usability())
                .isEqualTo(Usability.UNUSABLE);
    }

    @ParameterizedTest
    @CsvSource({"50,OK", "1000,OK", "1001,UNUSABLE", "10000,UNUSABLE"})
    void aListHasAtMostAThousandDevices(int devices, Usability verdict) {
        StringBuilder list = new StringBuilder("<devices xmlns='urn:xmpp:omemo:2'>");
        for (int id = 1; id <= devices; id++) {
            list.append("<device id='").append(id).append("'/>");
        }

        assertThat(judge(DEVICES, "current", list + "</devices>").usability()).isEqualTo(verdict);
    }

    @Test
    void anIdOfAThousandDigitsIsNotReadAsANumber() {
        String list = "<devices xmlns='urn:xmpp:omemo:2'><device id='" + "9".repeat(1_000) + "'/></devices>";

        assertThat(judge(DEVICES, "current", list).usability()).isEqualTo(Usability.WARN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"random", "cur&lt;ent", "101"})
    void anotherItemIdIsOnlyNoted(String id) {
        Judgement judgement = judge(DEVICES, id, "<devices xmlns='urn:xmpp:omemo:2'/>");

        assertThat(judgement.usability()).isEqualTo(Usability.OK);
        assertThat(judgement.notes()).hasSize(1);
    }

    @Test
    void labelsAreShortAndPlain() {
        assertThat(labelled("Phone", "")).isEqualTo("labelsig of device 5 is missing beside a label");
        assertThat(labelled("a".repeat(52), sign("a".repeat(52)))).isEmpty();
        assertThat(labelled("a".repeat(53), sign("a".repeat(53)))).contains("label has 53 characters");
        assertThat(labelled("😀".repeat(52), sign("😀".repeat(52)))).isEmpty();
        assertThat(labelled("a\u202Eb", sign("a\u202Eb"))).contains("direction characters");
        assertThat(labelled("a&#9;b", sign("a\tb"))).contains("control");
    }

    @Test
    void aLabelIsSignedByItsDevice() {
        assertThat(labelled("Phone", sign("Phone"))).isEmpty();
        assertThat(labelled("Phone", sign("Laptop"))).contains("not the device's own signature");
        assertThat(labelled("Phone", "AAAA")).contains("has 3 bytes");
        assertThat(labelled("Phone", "!!")).contains("not base64");
    }

    @Test
    void aLabelOfADeviceWithoutKnownKeysIsNotJudged() {
        String list = "<devices xmlns='urn:xmpp:omemo:2'><device id='6' label='Phone' labelsig='" + sign("Laptop")
                + "'/></devices>";

        assertThat(judge(DEVICES, "current", list).notes()).isEmpty();
    }

    private static String labelled(String label, String signature) {
        String list = "<devices xmlns='urn:xmpp:omemo:2'><device id='5' label='" + label + "' labelsig='" + signature
                + "'/></devices>";
        return String.join(
                "; ",
                judge(DEVICES, "current", list).notes().stream()
                        .map(note -> note.finding().toString())
                        .toList());
    }

    private static String sign(String label) {
        return Base64.getEncoder().encodeToString(TestBundle.ed25519(IDENTITY, label.getBytes(StandardCharsets.UTF_8)));
    }

    private static Judgement judge(OmemoNode node, String id, String payload) {
        KnownKeys known = new KnownKeys() {
            @Override
            public KeyBytes identityKey(OmemoGeneration generation, int device) {
                return device == 5
                        ? KeyBytes.of(new Ed25519PrivateKeyParameters(IDENTITY)
                                .generatePublicKey()
                                .getEncoded())
                        : null;
            }

            @Override
            public int otherDeviceWith(IdentityKey key, int device) {
                return 0;
            }
        };
        return Judgement.of(PublishedItem.of(node, element("<item id='" + id + "'>" + payload + "</item>"), known));
    }
}
