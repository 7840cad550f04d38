// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.wire;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.omemo.wire.OmemoNode.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class OmemoNodeTest {
    @ParameterizedTest
    @CsvSource({
        "eu.siacs.conversations.axolotl.devicelist,LEGACY,DEVICES,''",
        "eu.siacs.conversations.axolotl.bundles:101,LEGACY,BUNDLES,101",
        "eu.siacs.conversations.axolotl.verification:101,LEGACY,VERIFICATION,101",
        "urn:xmpp:omemo:1:devices,OMEMO_1,DEVICES,''",
        "urn:xmpp:omemo:1:bundles,OMEMO_1,BUNDLES,''",
        "urn:xmpp:omemo:2:devices,OMEMO_2,DEVICES,''",
        "urn:xmpp:omemo:2:bundles,OMEMO_2,BUNDLES,''"
    })
    void knowsEveryNodeOfEveryGeneration(String id, OmemoGeneration generation, Kind kind, String suffix) {
        assertThat(OmemoNode.of(id)).isEqualTo(new OmemoNode(generation, kind, suffix));
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "urn:xmpp:omemo:2",
                "urn:xmpp:omemo:3:bundles",
                "URN:XMPP:OMEMO:2:BUNDLES",
                "urn:xmpp:omemo:2:bundles:1",
                "eu.siacs.conversations.axolotl",
                "urn:xmpp:bookmarks:1"
            })
    void leavesAllOtherNodesAlone(String id) {
        assertThat(OmemoNode.of(id)).isNull();
    }

    @Test
    void onlyTheSharedBundleNodesHoldManyItems() {
        assertThat(OmemoNode.of("urn:xmpp:omemo:2:bundles").holdsManyItems()).isTrue();
        assertThat(OmemoNode.of("urn:xmpp:omemo:2:devices").holdsManyItems()).isFalse();
        assertThat(OmemoNode.of("eu.siacs.conversations.axolotl.bundles:1").holdsManyItems())
                .isFalse();
    }
}
