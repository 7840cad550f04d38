// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.content;

import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.event.RoomText;
import im.bastion.moderation.event.Sender;
import im.bastion.moderation.rule.BrokenDefinition;
import im.bastion.moderation.rule.Definition;
import im.bastion.moderation.rule.Evidence;
import im.bastion.moderation.rule.ModerationRule;
import im.bastion.moderation.rule.RuleOutcome;
import im.bastion.moderation.rule.RuleType;
import im.bastion.moderation.text.FoldedText;
import im.bastion.moderation.text.Phrases;
import im.bastion.policy.Severity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Somebody says a listed phrase, as whole words, however it is dressed up. Its definition is {@code {"phrases": ["buy cheap
 * pills"]}}: up to 10,000 phrases of 1 to 256 characters.
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
    private static final int FINGERPRINT_DIGITS = 16;

    private final List<String> phrases;
    private final Phrases automaton;

    private ListedPhraseRule(List<String> phrases, Phrases automaton) {
        this.phrases = phrases;
        this.automaton = automaton;
    }

    private static ListedPhraseRule read(Definition definition) throws BrokenDefinition {
        List<String> phrases = definition.texts(FIELD, MAX_PHRASES, MAX_PHRASE_CHARS);
        List<FoldedText> folded = new ArrayList<>(phrases.size());
        for (int i = 0; i < phrases.size(); i++) {
            folded.add(folded(phrases.get(i), i));
        }
        return new ListedPhraseRule(phrases, Phrases.of(folded));
    }

    private static FoldedText folded(String phrase, int index) throws BrokenDefinition {
        FoldedText folded = FoldedText.of(phrase, MAX_PHRASE_CHARS);
        if (folded.length() == 0 || folded.length() > MAX_PHRASE_CHARS) {
            throw new BrokenDefinition(
                    FIELD + "[" + index + "]",
                    "a text of 1 to " + MAX_PHRASE_CHARS
                            + " visible characters after Unicode compatibility decomposition");
        }
        return folded;
    }

    @Override
    public RuleOutcome judge(RoomEvent event, Sender sender) {
        for (RoomText text : event.texts()) {
            int entry = automaton.firstIn(text.folded());
            if (entry >= 0) {
                return new RuleOutcome.Finding(new Evidence(text.part(), entry, fingerprint(phrases.get(entry)), -1, -1));
            }
        }
        return RuleOutcome.PASS;
    }

    private static String fingerprint(String phrase) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(phrase.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, FINGERPRINT_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java platform has SHA-256", e);
        }
    }
}
