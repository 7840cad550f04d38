// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.content;

import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.event.RoomText;
import im.bastion.moderation.event.Sender;
import im.bastion.moderation.rule.BrokenDefinition;
import im.bastion.moderation.rule.Definition;
import im.bastion.moderation.rule.ModerationRule;
import im.bastion.moderation.rule.Needles;
import im.bastion.moderation.rule.RuleOutcome;
import im.bastion.moderation.rule.RuleType;
import im.bastion.moderation.text.FoldedText;
import im.bastion.moderation.text.Phrases;
import im.bastion.moderation.text.View;
import im.bastion.moderation.text.View.Lookalikes;
import im.bastion.policy.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Somebody says a listed phrase, however it is dressed up: in a body, subject, nickname, status, or beside them. Fields:
 * "phrases", up to 10,000 of 1 to 256 characters; "anywhere" (false) finds them inside of words too; "leet" (false) takes
 * digits and signs for letters; "spaced" (false) closes gaps between single letters; "lookalikes" (mixed) takes letters of
 * other scripts for Latin ones in words that are of both, "all" in every word, "off" nowhere.
 */
public final class ListedPhraseRule implements ModerationRule {
    public static final RuleType TYPE = RuleType.pure(
            "listed-phrase",
            Severity.WARNING,
            "it contains a phrase that is not allowed in this room",
            ListedPhraseRule::read);

    private static final String FIELD = "phrases";
    private static final int MAX_PHRASES = 10_000;
    private static final int MAX_PHRASE_CHARS = 256;

    /** One way of looking for all phrases; there may be more texts than phrases, {@code n} phrases having 2n forms. */
    private record Search(Needles needles, Phrases automaton) {
        private Search(Needles needles) {
            this(needles, Phrases.of(needles.any(), needles.wholeWords()));
        }
    }

    private final List<String> phrases;
    private final List<Search> searches;

    private ListedPhraseRule(List<String> phrases, List<Search> searches) {
        this.phrases = phrases;
        this.searches = searches;
    }

    private static ListedPhraseRule read(Definition definition) throws BrokenDefinition {
        List<String> phrases = definition.texts(FIELD, MAX_PHRASES, MAX_PHRASE_CHARS);
        List<View> views = View.each(
                definition.oneOf("lookalikes", Lookalikes.MIXED),
                definition.flag("leet", false),
                definition.flag("spaced", false));
        boolean wholeWords = !definition.flag("anywhere", false);
        List<FoldedText> folded = new ArrayList<>(phrases.size());
        for (int i = 0; i < phrases.size(); i++) {
            folded.add(folded(definition, phrases.get(i), i));
        }
        List<Search> searches = views.stream()
                .map(view -> new Search(new Needles(forms(folded, view), view, wholeWords)))
                .toList();
        return new ListedPhraseRule(phrases, searches);
    }

    /** Where gaps between letters are closed, those between words may be, too. */
    private static List<FoldedText> forms(List<FoldedText> phrases, View view) {
        Stream<FoldedText> plain = phrases.stream().map(view::of);
        Stream<FoldedText> closed = view.spaced()
                ? phrases.stream()
                        .map(phrase -> FoldedText.of(phrase.toString().replace(" ", ""), MAX_PHRASE_CHARS))
                        .map(view::of)
                : Stream.of();
        return Stream.concat(plain, closed).toList();
    }

    private static FoldedText folded(Definition definition, String phrase, int index) throws BrokenDefinition {
        FoldedText folded = FoldedText.of(phrase, MAX_PHRASE_CHARS);
        if (folded.length() == 0 || folded.length() > MAX_PHRASE_CHARS) {
            throw definition.broken(
                    FIELD + "[" + index + "]",
                    "a text of 1 to " + MAX_PHRASE_CHARS
                            + " visible characters after Unicode compatibility decomposition");
        }
        return folded;
    }

    @Override
    public RuleOutcome judge(RoomEvent event, Sender sender) {
        for (RoomText text : event.texts()) {
            for (Search search : searches) {
                FoldedText seen = search.needles().view().of(text.folded());
                Phrases.Match match = search.automaton().matchIn(seen);
                if (match != null) {
                    int entry = match.phrase() % phrases.size();
                    return new RuleOutcome.Finding(
                            WordEvidence.of(text, seen, entry, phrases.get(entry), match.begin(), match.end()));
                }
            }
        }
        return RuleOutcome.PASS;
    }

    @Override
    public boolean findsByNeedlesAlone() {
        return true;
    }

    @Override
    public List<Needles> needles() {
        return searches.stream().map(Search::needles).toList();
    }
}
