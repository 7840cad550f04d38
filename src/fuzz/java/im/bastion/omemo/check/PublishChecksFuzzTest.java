// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.check;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import im.bastion.omemo.TestBundle;
import im.bastion.omemo.wire.Bundle;
import im.bastion.omemo.wire.OmemoGeneration;
import im.bastion.omemo.wire.OmemoNode;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;

/**
 * A good bundle with any text in the place of any of its parts is judged without an exception, and no change of a key or
 * of the signature leaves it unquestioned.
 */
class PublishChecksFuzzTest {
    private static final Bundle LEGACY = TestBundle.of(OmemoGeneration.LEGACY, 1, 25);
    private static final Bundle OMEMO_2 = TestBundle.of(OmemoGeneration.OMEMO_2, 1, 25);

    @FuzzTest(maxDuration = "60s")
    void anythingInABundleIsJudged(FuzzedDataProvider data) {
        Bundle good = data.consumeBoolean() ? LEGACY : OMEMO_2;
        Element item = DocumentHelper.createElement("item").addAttribute("id", "7");
        Element bundle = good.toElement();
        item.add(bundle);
        int part = data.consumeInt(0, 3);
        boolean preKey = part == 3;
        Element target = preKey
                ? bundle.elements().get(3).elements().get(0)
                : bundle.elements().get(part);
        String before = target.getText();
        target.setText(data.consumeRemainingAsString());

        boolean legacy = good.generation() == OmemoGeneration.LEGACY;
        OmemoNode node = OmemoNode.of(legacy ? "eu.siacs.conversations.axolotl.bundles:7" : "urn:xmpp:omemo:2:bundles");
        Judgement judgement = Judgement.of(PublishedItem.of(node, item, KnownKeys.NONE));

        boolean same = target.getText().replaceAll("\\s", "").equals(before);
        if (!same && !preKey && judgement.notes().isEmpty()) {
            throw new AssertionError(item.asXML());
        }
    }
}
