// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.PolicyRow;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The rule "TLS and a valid certificate", as the form shows it.
 *
 * @param domains remote domains it is for; empty for every server
 * @param direction null when the form held none of them
 */
public record PeerRuleForm(Mode mode, List<String> domains, Direction direction) {
    public static final RuleId RULE = new RuleId("federation.tls-and-valid-certificate");

    /** Which sessions the rule is for. */
    public enum Direction {
        BOTH,
        IN,
        OUT;

        /** As it stands in the definition and in the form. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Direction of(String word) {
            return Arrays.stream(values())
                    .filter(d -> d.word().equals(word))
                    .findFirst()
                    .orElse(null);
        }
    }

    static PeerRuleForm of(PolicyRow row) {
        if (row == null) {
            return new PeerRuleForm(Mode.OBSERVE, List.of(), Direction.BOTH);
        }
        RuleBody body = RuleBody.parse(row.body());
        Direction direction = Direction.of(body.text("direction"));
        return new PeerRuleForm(row.mode(), body.list("domains"), direction == null ? Direction.BOTH : direction);
    }

    static PeerRuleForm of(Form form) {
        return new PeerRuleForm(form.mode("mode"), form.lines("domains"), Direction.of(form.text("direction")));
    }

    String body() {
        RuleBody body = new RuleBody().with("direction", direction.word());
        return (domains.isEmpty() ? body : body.with("domains", domains)).toString();
    }

    public String domainsText() {
        return String.join("\n", domains);
    }
}
