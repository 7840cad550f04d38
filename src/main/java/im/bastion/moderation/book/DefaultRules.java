// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.book;

import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import java.util.List;

/**
 * The rules that an admin can take over with one click, chosen so that they find next to nothing in honest talk: a test
 * holds them below one in a thousand. No list of words is among them: what is a slur in one room is the subject in
 * another, and such lists are where filters go wrong most.
 */
public final class DefaultRules {
    /**
     * One of them.
     *
     * @param mode in which it is first taken over: to observe, but for what people decide one by one
     */
    public record Proposal(RuleId rule, Mode mode, String body) {}

    /** All of them. */
    public static final List<Proposal> ALL = List.of(
            proposal("own-list", Mode.ENFORCE, "{}"),
            proposal("nickname", Mode.OBSERVE, "{}"),
            proposal("length", Mode.OBSERVE, "{}"),
            proposal("capitals", Mode.OBSERVE, "{}"),
            proposal("mention", Mode.OBSERVE, "{}"),
            proposal("reaction", Mode.OBSERVE, "{}"),
            proposal("newcomer-links", Mode.OBSERVE, "{\"type\":\"link\",\"max\":0,\"newcomersForSeconds\":600}"),
            proposal("wave", Mode.OBSERVE, "{}"),
            proposal("rate-limit", Mode.OBSERVE, "{}"),
            proposal("repeat", Mode.OBSERVE, "{}"),
            proposal("ladder", Mode.OBSERVE, "{}"));

    private DefaultRules() {}

    private static Proposal proposal(String name, Mode mode, String body) {
        return new Proposal(new RuleId("moderation." + name), mode, body);
    }
}
