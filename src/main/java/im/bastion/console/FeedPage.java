// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.moderation.ModerationServices;
import im.bastion.moderation.desk.Case;
import im.bastion.policy.Mode;
import java.time.Instant;
import java.util.List;
import org.xmpp.packet.JID;

/** What rules find and users report, as it comes. */
final class FeedPage extends Page {
    private static final long serialVersionUID = 1L;

    /** Which cases are shown. */
    enum Only {
        ALL,
        OPEN,
        ACTED,
        OBSERVED,
        OVERTURNED
    }

    FeedPage(ConsoleModel model, Presentation presentation) {
        super("feed", model, presentation);
    }

    @Override
    FeedView view(Frame frame, Form refused) {
        Only only = frame.query().oneOf("only", Only.ALL);
        ModerationServices moderation = model().moderation();
        if (moderation == null) {
            return new FeedView(frame, null, List.of(), only);
        }
        List<String> rules = moderation.book().get().rules().stream()
                .map(rule -> rule.id().value())
                .sorted()
                .toList();
        return new FeedView(frame, Reading.orNull(() -> cases(frame.query(), only)), rules, only);
    }

    @Override
    Outcome act(Form form, Submitter by) {
        return new ModerationAct(model()).apply(form, by);
    }

    private Slice<Case> cases(Query query, Only only) {
        JID room = jid(query.text("room"));
        String rule = query.text("rule");
        String person = query.text("person");
        Instant now = model().clock().instant();
        return Slice.of(
                (before, max) -> model().moderation()
                        .cases()
                        .latest(room, only == Only.OPEN ? Case.State.OPEN : null, before, max),
                Case::lastAt,
                one -> fits(one, only)
                        && (rule.isEmpty()
                                || (one.rule() != null && one.rule().value().equals(rule)))
                        && (person.isEmpty() || String.valueOf(one.person()).contains(person)),
                query,
                now);
    }

    private static boolean fits(Case one, Only only) {
        return switch (only) {
            case ALL, OPEN -> true;
            case ACTED -> one.kind() != Case.Kind.REPORT && one.mode() == Mode.ENFORCE;
            case OBSERVED -> one.kind() != Case.Kind.REPORT && one.mode() != Mode.ENFORCE;
            case OVERTURNED -> one.state() == Case.State.OVERTURNED;
        };
    }

    /** The room of that address, or null for all. */
    static JID jid(String text) {
        try {
            return text.isEmpty() ? null : new JID(text).asBareJID();
        } catch (IllegalArgumentException e) {
            return new JID("none", "invalid", null);
        }
    }
}
