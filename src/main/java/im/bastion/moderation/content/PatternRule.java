// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.content;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
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
import im.bastion.moderation.text.View;
import im.bastion.policy.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Something somebody says fits a regular expression. The syntax is that of RE2, whose time grows with the length of the
 * text and nothing else: no expression and no message can stall the server. Patterns see the text folded: in small
 * letters, without accents, with single spaces; of each text the first 16,384 characters, and only 1,000 for the largest
 * patterns. Field: "patterns", up to 200 of 1 to 500 characters.
 */
public final class PatternRule implements ModerationRule {
    public static final RuleType TYPE = RuleType.pure(
            "pattern", Severity.WARNING, "it contains something that is not allowed in this room", PatternRule::read);

    private static final String FIELD = "patterns";
    private static final int MAX_PATTERNS = 200;
    private static final int MAX_CHARS = 500;
    /** Instructions of the compiled program, which nested repetitions can blow up. */
    private static final int MAX_PROGRAM = 1_000;
    /** UTF-16 units of one text. */
    private static final int MAX_LOOKED_AT = 16_384;
    /** Instructions times UTF-16 units, each some 16 ns where all a pattern's states are alive. */
    private static final int MAX_STEPS = 1_000_000;

    private final List<String> sources;
    private final List<Pattern> patterns;
    private final List<Needles> needles;

    private PatternRule(List<String> sources, List<Pattern> patterns, List<Needles> needles) {
        this.sources = sources;
        this.patterns = patterns;
        this.needles = needles;
    }

    private static PatternRule read(Definition definition) throws BrokenDefinition {
        List<String> sources = definition.texts(FIELD, MAX_PATTERNS, MAX_CHARS);
        List<Pattern> patterns = new ArrayList<>(sources.size());
        List<FoldedText> literals = new ArrayList<>(sources.size());
        for (int i = 0; i < sources.size(); i++) {
            patterns.add(compiled(definition, sources.get(i), FIELD + "[" + i + "]"));
            String literal = RequiredLiteral.of(sources.get(i));
            if (!literal.isEmpty()) {
                literals.add(FoldedText.of(literal, literal.length()));
            }
        }
        List<Needles> needles =
                literals.size() < sources.size() ? List.of() : List.of(new Needles(literals, View.DEFAULT, false));
        return new PatternRule(sources, patterns, needles);
    }

    private static Pattern compiled(Definition definition, String source, String field) throws BrokenDefinition {
        String beyond = BeyondLinearTime.in(source);
        if (beyond != null) {
            throw definition.broken(field, "a pattern without " + beyond);
        }
        if (ProgramBound.of(source) > 4 * MAX_PROGRAM) {
            throw tooLarge(definition, field);
        }
        Pattern pattern;
        try {
            pattern = Pattern.compile(source, Pattern.CASE_INSENSITIVE);
        } catch (PatternSyntaxException e) {
            throw definition.broken(field, "a regular expression in RE2 syntax (" + e.getMessage() + ")");
        } catch (StackOverflowError e) {
            throw definition.broken(field, "nested less deeply");
        }
        if (pattern.matches("")) {
            throw definition.broken(field, "a pattern that does not fit the empty text: it would fit every message");
        }
        if (pattern.programSize() > MAX_PROGRAM) {
            throw tooLarge(definition, field);
        }
        return pattern;
    }

    private static BrokenDefinition tooLarge(Definition definition, String field) {
        return definition.broken(
                field, "smaller: repetitions such as {1000}, and all within each other, make it too large");
    }

    /** So many UTF-16 units of a text that not even the worst takes longer than some milliseconds. */
    private static int reach(Pattern pattern) {
        return Math.min(MAX_LOOKED_AT, MAX_STEPS / Math.max(1, pattern.programSize()));
    }

    @Override
    public RuleOutcome judge(RoomEvent event, Sender sender) {
        for (RoomText text : event.texts()) {
            FoldedText seen = View.DEFAULT.of(text.folded());
            String words = seen.toString();
            for (int i = 0; i < patterns.size(); i++) {
                Pattern pattern = patterns.get(i);
                Matcher matcher = pattern.matcher(words.substring(0, Math.min(words.length(), reach(pattern))));
                if (matcher.find() && matcher.end() > matcher.start()) {
                    return new RuleOutcome.Finding(
                            WordEvidence.of(text, seen, i, sources.get(i), matcher.start(), matcher.end()));
                }
            }
        }
        return RuleOutcome.PASS;
    }

    @Override
    public List<String> advice() {
        return IntStream.range(0, sources.size())
                .filter(i -> Unfolded.in(sources.get(i)) >= 0)
                .mapToObj(i -> String.format(
                        Locale.ROOT,
                        "\"%s[%d]\" names the sign U+%04X, which no text has after folding; write what it folds to",
                        FIELD,
                        i,
                        Unfolded.in(sources.get(i))))
                .toList();
    }

    @Override
    public List<Needles> needles() {
        return needles;
    }
}
