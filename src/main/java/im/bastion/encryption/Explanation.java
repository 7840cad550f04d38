// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption;

import im.bastion.encryption.leak.Leak;
import im.bastion.encryption.message.Shown;
import im.bastion.encryption.message.Shown.Carrier;
import im.bastion.encryption.rule.End;
import im.bastion.encryption.rule.Finding;
import im.bastion.encryption.rule.RuleBook;
import im.bastion.encryption.rule.RuleBook.Governing;
import im.bastion.encryption.rule.Stage;
import im.bastion.encryption.rule.Words;
import im.bastion.encryption.scheme.Scheme;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What holds for messages from one end to another.
 *
 * @param sender the rules that decide for who sends
 * @param recipient the rules that decide for who receives
 * @param cases what becomes of a message in clear text, and of one encrypted with each scheme
 */
public record Explanation(End from, End to, Governing sender, Governing recipient, List<Case> cases) {
    /**
     * One kind of message.
     *
     * @param scheme null for clear text
     * @param stage how far the rules go against it; null when they have nothing to say
     * @param why the reason; empty when there is none
     */
    public record Case(Scheme scheme, Stage stage, String why) {}

    static Explanation of(RuleBook book, End from, End to, Instant now, String server) {
        List<Case> cases = new ArrayList<>();
        cases.add(tried(book, from, to, null, new Shown(0, 0, 0, 0, Leak.BODY.bit(), Carrier.NONE), now, server));
        for (Scheme scheme : Scheme.values()) {
            Shown shown = new Shown(scheme.bit(), 0, 0, 0, 0, Carrier.NONE);
            cases.add(tried(book, from, to, scheme, shown, now, server));
        }
        return new Explanation(from, to, book.governing(from, to), book.governing(to, from), List.copyOf(cases));
    }

    private static Case tried(RuleBook book, End from, End to, Scheme scheme, Shown shown, Instant now, String server) {
        Finding finding = book.judge(from, to, shown, now);
        return finding == null
                ? new Case(scheme, null, "")
                : new Case(scheme, finding.stage(), Words.reason(finding, server));
    }
}
