// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.check;

import static im.bastion.omemo.Stanza.element;
import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.omemo.wire.Bundle;
import im.bastion.omemo.wire.KeyBytes;
import im.bastion.omemo.wire.OmemoGeneration;
import im.bastion.omemo.wire.OmemoNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishChecksTest {
    private static final OmemoNode BUNDLES = OmemoNode.of("urn:xmpp:omemo:2:bundles");
    private static final OmemoNode DEVICES = OmemoNode.of("urn:xmpp:omemo:2:devices");

    @Test
    void everyCheckHasAnIdOfItsOwn() {
        assertThat(PublishChecks.ALL).extracting(PublishCheck::id).doesNotHaveDuplicates();
    }

    @Test
    void aBundleUnderItsDeviceIdIsFine() {
        assertThat(itemIdFinding(BUNDLES, "101")).isNull();
        assertThat(itemIdFinding(OmemoNode.of("eu.siacs.conversations.axolotl.bundles:101"), "current"))
                .isNull();
    }

    @Test
    void aBundleUnderAnythingElseIsNotFound() {
        assertThat(itemIdFinding(BUNDLES, "current")).contains("no device id");
        assertThat(itemIdFinding(BUNDLES, null)).contains("no device id");
        assertThat(itemIdFinding(OmemoNode.of("eu.siacs.conversations.axolotl.bundles:abc"), "current"))
                .contains("does not end in a device id");
    }

    @Test
    void theItemIdOfADeviceListIsNobodysBusiness() {
        assertThat(itemIdFinding(DEVICES, "whatever")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"32,32,64,32", "32,32,64,32"})
    void keysOfTheRightLengthAreFine(int identity, int signed, int signature, int preKey) {
        assertThat(lengthFinding(identity, signed, signature, preKey)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "33,32,64,32,identity key has 33 bytes",
        "32,31,64,32,signed prekey has 31 bytes",
        "32,32,63,32,signature of the signed prekey has 63 bytes",
        "32,32,65,32,signature of the signed prekey has 65 bytes",
        "32,32,64,0,prekey has 0 bytes",
        "64,32,64,32,identity key has 64 bytes"
    })
    void keysOfAnotherLengthAreNamed(int identity, int signed, int signature, int preKey, String words) {
        assertThat(lengthFinding(identity, signed, signature, preKey)).contains(words);
    }

    @Test
    void aBundleOfAnotherGenerationIsNamed() {
        PublishedItem item = new PublishedItem(
                OmemoNode.of("eu.siacs.conversations.axolotl.bundles:1"), "current", bundle(32, 32, 64, 32));

        assertThat(new KeyLengthCheck().finding(item)).contains("another generation");
    }

    @Test
    void aBundleThatCannotBeReadIsNamed() {
        PublishedItem item = new PublishedItem(BUNDLES, "1", element("<bundle xmlns='urn:xmpp:omemo:2'/>"));

        assertThat(new KeyLengthCheck().finding(item))
                .contains("cannot be read")
                .contains("spk is missing");
    }

    @Test
    void keyLengthsDoNotApplyToDeviceListsAndEmptyItems() {
        assertThat(new KeyLengthCheck().finding(new PublishedItem(DEVICES, "current", element("<x/>"))))
                .isNull();
        assertThat(new KeyLengthCheck().finding(PublishedItem.of(BUNDLES, element("<item id='1'/>"))))
                .isNull();
    }

    private static String itemIdFinding(OmemoNode node, String id) {
        return new BundleItemIdIsDeviceIdCheck().finding(new PublishedItem(node, id, null));
    }

    private static String lengthFinding(int identity, int signed, int signature, int preKey) {
        return new KeyLengthCheck()
                .finding(new PublishedItem(BUNDLES, "1", bundle(identity, signed, signature, preKey)));
    }

    private static org.dom4j.Element bundle(int identity, int signed, int signature, int preKey) {
        return new Bundle(
                        OmemoGeneration.OMEMO_2, 1, key(signed), key(signature), key(identity), Map.of(1L, key(preKey)))
                .toElement();
    }

    private static KeyBytes key(int length) {
        return KeyBytes.of(new byte[length]);
    }
}
