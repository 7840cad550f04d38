// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.book;

import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.event.RoomText;
import im.bastion.moderation.rule.ActiveRule;
import im.bastion.moderation.rule.Needles;
import im.bastion.moderation.text.FoldedText;
import im.bastion.moderation.text.Phrases;
import im.bastion.moderation.text.View;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which rules are worth asking about an event: those that need certain words are passed over when none of these is there,
 * all of them in one pass over the text for each way of looking. Immutable; for any thread.
 */
final class RuleIndex {
    /** Needles that are looked for in one pass. */
    private record Pass(View view, Phrases phrases, List<int[]> rulesOf) {}

    private record Look(View view, boolean wholeWords) {}

    /** What one rule needs in one look. */
    private record Wanted(int rule, List<FoldedText> any) {}

    private final List<ActiveRule> rules;
    private final List<ActiveRule> always;
    private final BitSet alwaysBits = new BitSet();
    private final List<Pass> passes;

    RuleIndex(List<ActiveRule> rules) {
        this.rules = rules;
        this.always = rules.stream()
                .filter(active -> active.rule().needles().isEmpty())
                .toList();
        Map<Look, List<Wanted>> byLook = new LinkedHashMap<>();
        for (int i = 0; i < rules.size(); i++) {
            List<Needles> needles = rules.get(i).rule().needles();
            if (needles.isEmpty()) {
                alwaysBits.set(i);
            }
            for (Needles any : needles) {
                byLook.computeIfAbsent(new Look(any.view(), any.wholeWords()), look -> new ArrayList<>())
                        .add(new Wanted(i, any.any()));
            }
        }
        this.passes = byLook.entrySet().stream()
                .map(entry -> pass(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** The rules worth asking, in their order. */
    List<ActiveRule> candidates(RoomEvent event) {
        if (passes.isEmpty()) {
            return rules;
        }
        BitSet hit = null;
        for (RoomText text : event.texts()) {
            for (Pass pass : passes) {
                FoldedText seen = pass.view().of(text.folded());
                if (pass.phrases().isAnyIn(seen)) {
                    hit = hit == null ? (BitSet) alwaysBits.clone() : hit;
                    collect(pass, seen, hit);
                }
            }
        }
        if (hit == null) {
            return always;
        }
        List<ActiveRule> worth = new ArrayList<>(hit.cardinality());
        hit.stream().forEach(index -> worth.add(rules.get(index)));
        return worth;
    }

    private static void collect(Pass pass, FoldedText seen, BitSet hit) {
        pass.phrases().collect(seen, phrase -> {
            for (int rule : pass.rulesOf().get(phrase)) {
                hit.set(rule);
            }
        });
    }

    private static Pass pass(Look look, List<Wanted> wanted) {
        List<FoldedText> phrases = new ArrayList<>();
        List<BitSet> rulesOf = new ArrayList<>();
        Map<String, Integer> known = new HashMap<>();
        for (Wanted of : wanted) {
            for (FoldedText needle : of.any()) {
                int phrase = known.computeIfAbsent(needle.toString(), text -> {
                    phrases.add(needle);
                    rulesOf.add(new BitSet());
                    return phrases.size() - 1;
                });
                rulesOf.get(phrase).set(of.rule());
            }
        }
        List<int[]> rules =
                rulesOf.stream().map(bits -> bits.stream().toArray()).toList();
        return new Pass(look.view(), Phrases.of(phrases, look.wholeWords()), rules);
    }
}
