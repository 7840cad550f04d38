// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.rule;

import im.bastion.encryption.rule.EncryptionRule.Stances;
import java.util.ArrayList;
import java.util.List;

/** Pairs of rules that cannot both be content with any message, so that nobody can talk where both decide. */
public final class Conflicts {
    /** More are not looked for. */
    public static final int MAX = 20;

    /**
     * Two such rules.
     *
     * @param same whether both name the same people or rooms; else they meet only where one end is of the one and the
     *     other end of the other
     */
    public record Conflict(EncryptionRule one, EncryptionRule other, boolean same) {}

    private Conflicts() {}

    /** The pairs, at most {@link #MAX}, those first that name the same people or rooms. */
    public static List<Conflict> of(List<EncryptionRule> rules) {
        List<Conflict> same = new ArrayList<>();
        List<Conflict> met = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            for (int j = i + 1; j < rules.size(); j++) {
                EncryptionRule one = rules.get(i);
                EncryptionRule other = rules.get(j);
                if (clash(one.stances(), other.stances())) {
                    boolean both = one.scope().meets(other.scope());
                    List<Conflict> list = both ? same : met;
                    if (list.size() < MAX) {
                        list.add(new Conflict(one, other, both));
                    }
                }
            }
        }
        same.addAll(met);
        return List.copyOf(same.subList(0, Math.min(MAX, same.size())));
    }

    private static boolean clash(Stances one, Stances other) {
        return isShut(one, other) || isShut(other, one);
    }

    /** Where the one requires encryption: whether the other leaves nothing that satisfies it. */
    private static boolean isShut(Stances one, Stances other) {
        if (one.required() == 0) {
            return false;
        }
        int left = one.accepted() & ~other.forbidden();
        return (other.required() == 0 ? left : left & other.accepted()) == 0;
    }
}
