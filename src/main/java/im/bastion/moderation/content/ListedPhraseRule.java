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

    private final List<String> phrases;
    private final Needles needles;
    private final Phrases automaton;

    private ListedPhraseRule(List<String> phrases, Needles needles) {
        this.phrases = phrases;
        this.needles = needles;
        this.automaton = Phrases.of(needles.any(), needles.wholeWords());
    }

    private static ListedPhraseRule read(Definition definition) throws BrokenDefinition {
        List<String> phrases = definition.texts(FIELD, MAX_PHRASES, MAX_PHRASE_CHARS);
        View view = new View(
                definition.oneOf("lookalikes", Lookalikes.MIXED),
                definition.flag("leet", false),
                definition.flag("spaced", false));
        List<FoldedText> folded = new ArrayList<>(phrases.size());
        for (int i = 0; i < phrases.size(); i++) {
            folded.add(view.of(folded(definition, phrases.get(i), i)));
        }
        return new ListedPhraseRule(phrases, new Needles(folded, view, !definition.flag("anywhere", false)));
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
            if (Readable.isWords(event, text)) {
                FoldedText seen = needles.view().of(text.folded());
                Phrases.Match match = automaton.matchIn(seen);
                if (match != null) {
                    String phrase = phrases.get(match.phrase());
                    return new RuleOutcome.Finding(
                            Readable.evidence(text, seen, match.phrase(), phrase, match.begin(), match.end()));
                }
            }
        }
        return RuleOutcome.PASS;
    }

    @Override
    public Needles needles() {
        return needles;
    }
}
