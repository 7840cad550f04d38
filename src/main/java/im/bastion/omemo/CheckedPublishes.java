// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.omemo.check.Judgement;
import im.bastion.omemo.check.KnownKeys;
import im.bastion.omemo.check.PublishedItem;
import im.bastion.omemo.wire.OmemoGeneration;
import im.bastion.omemo.wire.OmemoNode;
import im.bastion.policy.Refusal;
import im.bastion.policy.Severity;
import java.util.function.Function;
import org.dom4j.Element;
import org.xmpp.packet.JID;

/**
 * Asks the checks. What no client could use is refused, with an error that names the field; what some clients may stumble
 * over is noted, and refused only where the admin is strict. The generation between the two in use is not looked at.
 */
final class CheckedPublishes implements PublishJudge {
    private static final Refusal.Specific INVALID_PAYLOAD =
            new Refusal.Specific("invalid-payload", "http://jabber.org/protocol/pubsub#errors");

    private final Function<JID, KnownKeys> known;
    private final OmemoRecord record;

    /** @param known what an account has published before, from memory */
    CheckedPublishes(Function<JID, KnownKeys> known, OmemoRecord record) {
        this.known = known;
        this.record = record;
    }

    @Override
    public Refusal judge(PublishRequest publish) {
        OmemoNode node = publish.node();
        if (node.generation() == OmemoGeneration.OMEMO_1 || node.kind() == OmemoNode.Kind.VERIFICATION) {
            return null;
        }
        Severity refused = publish.policy().strict() ? Severity.WARNING : Severity.ERROR;
        for (Element element : publish.items()) {
            Judgement judgement = Judgement.of(PublishedItem.of(node, element, known.apply(publish.owner())));
            Judgement.Note reason = judgement.first(refused);
            for (Judgement.Note note : judgement.notes()) {
                record.questioned(publish, note, reason != null);
            }
            if (reason != null && publish.policy().enforces()) {
                return refusal(node, reason);
            }
        }
        return null;
    }

    private static Refusal refusal(OmemoNode node, Judgement.Note note) {
        String what = node.kind() == OmemoNode.Kind.DEVICES ? "device list" : "key bundle";
        String text = "This " + what + " was not accepted: " + note.finding() + " ("
                + note.check().citation() + ").";
        return note.check().severity() == Severity.ERROR
                ? new Refusal(note.check().id(), "bad-request", "modify", text, INVALID_PAYLOAD)
                : Refusal.policyViolation(note.check().id(), text);
    }
}
