// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.rule;

import im.bastion.encryption.rule.Finding.Kind;
import im.bastion.encryption.scheme.Scheme;
import im.bastion.policy.Refusal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** What the sender of a message is told, in plain words: what is asked for, what was wrong, what to do. */
public final class Words {
    private Words() {}

    /**
     * The error for a message that is not delivered.
     *
     * @param server who asks for it: this server's domain
     */
    public static Refusal refusal(Finding finding, String server) {
        return Refusal.policyViolation(
                finding.rule().id(), "Not delivered: " + reason(finding, server) + " " + advice(finding));
    }

    /** What the sender of a message that was delivered all the same is told. */
    public static String warning(Finding finding, String server, String peer, Instant now) {
        String delivered = "Your message to " + peer + " was delivered, but ";
        Instant grace = finding.rule().grace();
        if (finding.kind() == Kind.NOT_PREFERRED
                || !now.isBefore(grace)
                || finding.rule().warnsOnly()) {
            return delivered + reason(finding, server) + " " + advice(finding) + " You are told once a day.";
        }
        return delivered + "from " + LocalDate.ofInstant(grace, ZoneOffset.UTC)
                + " (UTC) on it would not be: " + reason(finding, server) + " " + advice(finding)
                + " You are told once a day.";
    }

    /** What is wrong, for the audit log and the console as well: nothing of the message itself. */
    public static String reason(Finding finding, String server) {
        String rule = " (rule " + finding.rule().id() + ").";
        String wanted = list(finding.rule().stances().accepted());
        return switch (finding.kind()) {
            case FORBIDDEN ->
                server + " does not permit messages encrypted with "
                        + finding.scheme().title() + " here" + rule;
            case CLEAR ->
                server + " requires end-to-end encryption with " + wanted + " here, and "
                        + finding.leak().title() + " was not encrypted" + rule;
            case LEAK ->
                server + " requires end-to-end encryption here, and beside the encrypted message everybody can read "
                        + finding.leak().title() + rule;
            case HOLLOW ->
                server + " requires end-to-end encryption here, and the message says it is encrypted with "
                        + finding.scheme().title() + ", but nothing in it is" + rule;
            case OTHER_SCHEME ->
                server + " requires end-to-end encryption with " + wanted + " here, and the message was encrypted with "
                        + finding.scheme().title() + rule;
            case NOT_PREFERRED ->
                server + " recommends end-to-end encryption with "
                        + list(finding.rule().stances().preferred()) + " here" + rule;
        };
    }

    private static String advice(Finding finding) {
        String wanted = list(finding.rule().stances().accepted());
        return switch (finding.kind()) {
            case FORBIDDEN -> "Switch the encryption off for this chat and send it again.";
            case CLEAR, HOLLOW -> "Switch on " + wanted + " for this chat and send it again.";
            case LEAK -> "Send it again without that.";
            case OTHER_SCHEME -> "Choose " + wanted + " for this chat and send it again.";
            case NOT_PREFERRED -> "You can switch it on for this chat.";
        };
    }

    /** "OMEMO 2 or OTR". */
    private static String list(int schemes) {
        List<String> titles = new ArrayList<>();
        for (Scheme scheme : Scheme.values()) {
            if ((schemes & scheme.bit()) != 0) {
                titles.add(scheme.title());
            }
        }
        int last = titles.size() - 1;
        return last < 1
                ? String.join("", titles)
                : String.join(", ", titles.subList(0, last)) + " or " + titles.get(last);
    }
}
