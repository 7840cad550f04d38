// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit;

import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.TextColumns;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One decision or change, as handed in. Texts that are too long are cut; null texts become empty.
 *
 * @param at when it happened; milliseconds are kept
 * @param guard "moderation", "omemo", "relay", "federation", "console" or "audit"
 * @param actor who: a bare JID, a console user name, or "bastion" for automatic actions; at most 256 characters are kept
 * @param action kebab-case verb, for example "message-refused", "policy-changed"
 * @param subject what it was done to: room, device, domain, setting; at most 1024 characters are kept
 * @param rule the rule that decided, or null
 * @param ruleVersion the version of that rule's definition; 0 without rule
 * @param mode OBSERVE when it would have been done, ENFORCE when it was
 * @param detail plain text or JSON for a human, never a secret or a message body; at most 4096 characters are kept
 */
public record AuditEvent(
        Instant at,
        String guard,
        String actor,
        String action,
        String subject,
        RuleId rule,
        int ruleVersion,
        Mode mode,
        String detail) {
    static final int MAX_DETAIL = 4096;
    private static final int MAX_ACTOR = 256;
    private static final int MAX_SUBJECT = 1024;
    private static final Pattern GUARD = Pattern.compile("[a-z]{1,32}");
    private static final Pattern ACTION = Pattern.compile("[a-z0-9-]{1,64}");

    /** @throws IllegalArgumentException when guard or action is not a word of at most 32 and 64 characters */
    public AuditEvent {
        at = at.truncatedTo(ChronoUnit.MILLIS);
        requireForm(GUARD, guard);
        requireForm(ACTION, action);
        Objects.requireNonNull(mode);
        actor = TextColumns.fit(actor, MAX_ACTOR);
        subject = TextColumns.fit(subject, MAX_SUBJECT);
        detail = TextColumns.fit(detail, MAX_DETAIL);
    }

    /** The same event with every character beyond ASCII written as a Java escape, for a database that refuses it. */
    AuditEvent inAscii() {
        return new AuditEvent(at, guard, ascii(actor), action, ascii(subject), rule, ruleVersion, mode, ascii(detail));
    }

    private static void requireForm(Pattern form, String word) {
        if (!form.matcher(word).matches()) {
            throw new IllegalArgumentException("Must match " + form + ": " + TextColumns.fit(word, 80));
        }
    }

    private static String ascii(String text) {
        StringBuilder result = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                result.append(c);
            } else {
                result.append(String.format("\\u%04x", (int) c));
            }
        }
        return result.toString();
    }
}
