// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption;

import im.bastion.encryption.message.MessageReader;
import im.bastion.encryption.message.Shown;
import im.bastion.encryption.rule.End;
import im.bastion.encryption.rule.Finding;
import im.bastion.encryption.rule.Stage;
import im.bastion.encryption.rule.Words;
import im.bastion.gate.Guard;
import im.bastion.gate.Interest;
import im.bastion.gate.Passage;
import im.bastion.host.Point;
import im.bastion.policy.FailMode;
import im.bastion.policy.Verdict;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.dom4j.Element;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

/**
 * Looks at each message when it comes in: what it shows, between whom, and what the rules say of it. Errors are never
 * judged, so that none is answered with another.
 */
final class EncryptionGuard implements Guard {
    static final String NAME = "encryption";

    private final String domain;
    private final Ends ends;
    private final RulesInForce rules;
    private final EncryptionRecord record;
    private final Warnings warnings;
    private final InstantSource clock;

    EncryptionGuard(
            String domain,
            Ends ends,
            RulesInForce rules,
            EncryptionRecord record,
            Warnings warnings,
            InstantSource clock) {
        this.domain = domain;
        this.ends = ends;
        this.rules = rules;
        this.record = record;
        this.warnings = warnings;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public FailMode failMode() {
        return FailMode.OPEN;
    }

    @Override
    public int interests(Point point) {
        return point == Point.ENTERING && rules.current().looks() ? Interest.MESSAGE : 0;
    }

    @Override
    public Verdict judge(Passage passage) {
        if (!(passage.stanza() instanceof Message message)) {
            return Verdict.PASS;
        }
        Element element = message.getElement();
        String type = element.attributeValue("type");
        JID sender = passage.sender();
        End from = "error".equals(type) ? null : ends.sender(sender, passage.to(), passage.client() != null, type);
        if (from == null) {
            return Verdict.PASS;
        }
        Shown shown = MessageReader.read(element);
        if (!shown.isConversation()) {
            return Verdict.PASS;
        }
        List<End> recipients = ends.recipients(sender, passage.to(), element);
        Instant now = clock.instant();
        Verdict verdict = Verdict.PASS;
        for (int i = 0; i < recipients.size() && verdict == Verdict.PASS; i++) {
            verdict = judge(message, sender, from, recipients.get(i), shown, now);
        }
        return verdict;
    }

    private Verdict judge(Message message, JID sender, End from, End to, Shown shown, Instant now) {
        RulesInForce.Books books = rules.current();
        record.seen(from, to, shown, now);
        Finding found = books.acting().judge(from, to, shown, now);
        if (FallbackWords.isAll(shown)) {
            if (found != null && found.stage() == Stage.ENFORCE) {
                FallbackWords.takeOut(message);
            }
            return Verdict.PASS;
        }
        Finding tried = books.trying() == books.acting() ? null : books.trying().judge(from, to, shown, now);
        if (tried != null && tried.stage() == Stage.OBSERVE) {
            record.found(tried, from, to);
        }
        if (found == null) {
            return Verdict.PASS;
        }
        record.found(found, from, to);
        if (found.stage() == Stage.ENFORCE) {
            return Verdict.reject(Words.refusal(found, domain));
        }
        warnings.warn(sender, from, to, found, now);
        return Verdict.PASS;
    }
}
