// SPDX-License-Identifier: Apache-2.0
package im.bastion.calls;

import im.bastion.audit.AuditEvent;
import im.bastion.audit.AuditTrail;
import im.bastion.calls.jingle.Jingle;
import im.bastion.calls.media.MediaRule;
import im.bastion.host.Stanzas;
import im.bastion.policy.Mode;
import im.bastion.policy.Refusal;
import im.bastion.policy.Verdict;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import org.dom4j.Element;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;

/** What becomes of a call whose media break a rule: it is written down, and in enforce both ends are told that it is over. */
final class CallRefusals {
    private static final String RTP_ERRORS = "urn:xmpp:jingle:apps:rtp:errors:1";
    private static final Refusal.Specific CRYPTO_REQUIRED = new Refusal.Specific("crypto-required", RTP_ERRORS);

    private final String domain;
    private final Stanzas stanzas;
    private final Executor later;
    private final AuditTrail audit;
    private final LongAdder refused;
    private final LongAdder wouldBeRefused;

    /** @param later sends what is not an answer, away from the stanza's thread */
    CallRefusals(
            String domain,
            Stanzas stanzas,
            Executor later,
            AuditTrail audit,
            LongAdder refused,
            LongAdder wouldBeRefused) {
        this.domain = domain;
        this.stanzas = stanzas;
        this.later = later;
        this.audit = audit;
        this.refused = refused;
        this.wouldBeRefused = wouldBeRefused;
    }

    /** @param mode OBSERVE or ENFORCE */
    Verdict of(MediaRule rule, Mode mode, String sid, JID from, JID to, Instant now) {
        boolean enforced = mode == Mode.ENFORCE;
        String words = "The call was ended by %s: %s (rule %s). Calls here must be encrypted with DTLS-SRTP."
                .formatted(domain, rule.words(), rule.id());
        audit.record(new AuditEvent(
                now,
                CallsGuard.NAME,
                from.toBareJID(),
                enforced ? "call-refused" : "call-would-be-refused",
                to.toBareJID(),
                rule.id(),
                0,
                mode,
                words + " " + rule.citation()));
        if (!enforced) {
            wouldBeRefused.increment();
            return Verdict.PASS;
        }
        refused.increment();
        later.execute(() -> {
            stanzas.send(end(sid, from, to, words));
            stanzas.send(end(sid, to, from, words));
        });
        return Verdict.reject(new Refusal(rule.id(), "not-acceptable", "modify", words, CRYPTO_REQUIRED));
    }

    /** Each end hears it as if the other one had ended the session (XEP-0166 §7.4, XEP-0167 §6.4). */
    private static IQ end(String sid, JID from, JID to, String words) {
        IQ iq = new IQ(IQ.Type.set);
        iq.setFrom(from);
        iq.setTo(to);
        Element jingle = iq.setChildElement("jingle", Jingle.NAMESPACE);
        jingle.addAttribute("action", "session-terminate");
        jingle.addAttribute("sid", sid);
        Element reason = jingle.addElement("reason");
        reason.addElement("security-error");
        reason.addElement("text").setText(words);
        reason.addElement("crypto-required", RTP_ERRORS);
        return iq;
    }
}
