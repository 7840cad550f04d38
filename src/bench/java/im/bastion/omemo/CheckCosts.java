// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.bench.Figure;
import im.bastion.omemo.check.Judgement;
import im.bastion.omemo.check.KnownKeys;
import im.bastion.omemo.check.PublishedItem;
import im.bastion.omemo.wire.OmemoGeneration;
import im.bastion.omemo.wire.OmemoNode;
import java.util.Arrays;
import java.util.List;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;

/** What it takes to judge a published bundle of 100 prekeys, from its XML elements to the verdict, with all checks. */
public final class CheckCosts {
    private static final int PRE_KEYS = 100;
    private static final int WARM_UP = 2_000;
    private static final int ROUNDS = 7;
    private static final int CALLS = 400;
    private static final double GOAL_MILLIS = 1;
    private static final double NANOS = 1e6;

    private CheckCosts() {}

    public static List<Figure> measure() {
        return List.of(
                figure(OmemoGeneration.LEGACY, "eu.siacs.conversations.axolotl.bundles:7"),
                figure(OmemoGeneration.OMEMO_2, "urn:xmpp:omemo:2:bundles"));
    }

    private static Figure figure(OmemoGeneration generation, String nodeId) {
        OmemoNode node = OmemoNode.of(nodeId);
        Element item = DocumentHelper.createElement("item").addAttribute("id", "7");
        item.add(TestBundle.of(generation, 1, PRE_KEYS).toElement());
        double unused = median(node, item, WARM_UP);
        double[] medians = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            medians[round] = median(node, item, CALLS);
        }
        Arrays.sort(medians);
        double median = medians[ROUNDS / 2];
        return new Figure(
                "judge a bundle of 100 prekeys, " + generation.namespace(),
                median,
                "ms",
                Double.NaN,
                "",
                GOAL_MILLIS,
                ROUNDS,
                (medians[ROUNDS - 1] - medians[0]) / median);
    }

    private static double median(OmemoNode node, Element item, int calls) {
        double[] millis = new double[calls];
        for (int i = 0; i < calls; i++) {
            long begin = System.nanoTime();
            Judgement judgement = Judgement.of(PublishedItem.of(node, item, KnownKeys.NONE));
            millis[i] = (System.nanoTime() - begin) / NANOS;
            if (!judgement.notes().isEmpty()) {
                throw new IllegalStateException(judgement.toString());
            }
        }
        Arrays.sort(millis);
        return millis[calls / 2];
    }
}
