// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.book;

import im.bastion.host.Rooms;
import im.bastion.moderation.rule.ActiveRule;
import im.bastion.moderation.rule.Needles;
import im.bastion.moderation.rule.RuleScope;
import im.bastion.policy.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells of rules that will never find anything. */
final class RuleAdvice {
    private RuleAdvice() {}

    static List<String> on(ActiveRule rule, List<ActiveRule> others, Rooms rooms) {
        List<String> advice = new ArrayList<>(rule.rule().advice());
        if (!rule.scope().rooms().everywhere()
                && rooms.all().stream().noneMatch(rule.scope().rooms()::covers)) {
            advice.add("\"rooms\" covers none of the rooms there are now");
        }
        others.stream()
                .filter(other -> !other.id().equals(rule.id()) && shadows(other, rule))
                .findFirst()
                .ifPresent(other -> advice.add(
                        "Rule " + other.id() + " enforces all of this already, for the same people" + " and rooms"));
        others.stream()
                .filter(other -> !other.id().equals(rule.id())
                        && other.rule().contradicts(rule.rule())
                        && meet(other.scope(), rule.scope(), rooms))
                .forEach(other -> advice.add("Rule " + other.id()
                        + " wants the opposite: where both are for somebody, nothing can be said"));
        return List.copyOf(advice);
    }

    /** Whether there is a room, or may be one, where both are. */
    private static boolean meet(RuleScope some, RuleScope others, Rooms rooms) {
        return (some.rooms().everywhere() && others.rooms().everywhere())
                || rooms.all().stream()
                        .anyMatch(room ->
                                some.rooms().covers(room) && others.rooms().covers(room));
    }

    /** Whether whatever the second rule could find keeps nothing for it, because the first has refused it. */
    private static boolean shadows(ActiveRule first, ActiveRule second) {
        return first.mode() == Mode.ENFORCE
                && first.type().equals(second.type())
                && first.scope().equals(second.scope())
                && first.rule().findsByNeedlesAlone()
                && !second.rule().needles().isEmpty()
                && second.rule().needles().stream()
                        .allMatch(wanted -> first.rule().needles().stream().anyMatch(had -> holds(had, wanted)));
    }

    private static boolean holds(Needles had, Needles wanted) {
        boolean alike =
                had.view().equals(wanted.view()) && (had.wholeWords() == wanted.wholeWords() || !had.wholeWords());
        return alike && texts(had).containsAll(texts(wanted));
    }

    private static Set<String> texts(Needles needles) {
        return needles.any().stream().map(Object::toString).collect(Collectors.toSet());
    }
}
