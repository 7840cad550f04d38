// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Which disguises are seen through, beside those that folding always removes. Each may make different words alike, so a
 * phrase is looked for in the view in which it was folded itself.
 *
 * @param lookalikes letters of other scripts that look like Latin ones
 * @param leet digits and signs in the place of letters
 * @param spaced single letters with gaps between them: "b u y"
 */
public record View(Lookalikes lookalikes, boolean leet, boolean spaced) {
    /** How letters that look like Latin ones are taken. */
    public enum Lookalikes {
        /** As what they are. */
        OFF,
        /** As Latin in words that also have Latin letters, which no honest text has. */
        MIXED,
        /** As Latin everywhere: some words of Russian and Greek then read like Latin ones. */
        ALL
    }

    /**
     * All the views in which a phrase is looked for: each takes away what another would leave, as leet takes the
     * exclamation mark from "now!".
     */
    public static List<View> each(Lookalikes lookalikes, boolean leet, boolean spaced) {
        List<View> views = new ArrayList<>(List.of(new View(lookalikes, false, false)));
        if (leet) {
            views.add(new View(lookalikes, true, false));
        }
        if (spaced) {
            views.add(new View(lookalikes, leet, true));
        }
        return List.copyOf(views);
    }

    /** What rules use unless told otherwise. */
    public static final View DEFAULT = new View(Lookalikes.MIXED, false, false);

    /** The text in this view; the same object when nothing changes. */
    public FoldedText of(FoldedText text) {
        FoldedText seen = lookalikes == Lookalikes.OFF ? text : LatinLookalikes.replaced(text, lookalikes);
        if (leet) {
            seen = Leet.replaced(seen);
        }
        return spaced ? Spacing.closed(seen) : seen;
    }
}
