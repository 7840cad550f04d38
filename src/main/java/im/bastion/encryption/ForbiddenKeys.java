// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption;

import im.bastion.encryption.rule.EncryptionRule;
import im.bastion.encryption.rule.End;
import im.bastion.encryption.scheme.Scheme;
import im.bastion.policy.KeyBan;
import im.bastion.policy.Refusal;
import java.time.InstantSource;
import org.xmpp.packet.JID;

/** Bans the keys of schemes that a rule forbids an account with everybody: else others would encrypt to it in vain. */
final class ForbiddenKeys implements KeyBan {
    private final String domain;
    private final RulesInForce rules;
    private final InstantSource clock;

    ForbiddenKeys(String domain, RulesInForce rules, InstantSource clock) {
        this.domain = domain;
        this.rules = rules;
        this.clock = clock;
    }

    @Override
    public Refusal refusal(JID account, String namespace) {
        Scheme scheme = Scheme.of(namespace);
        EncryptionRule rule = scheme == null
                ? null
                : rules.current().acting().forbidding(End.of(account, End.Kind.ACCOUNT), scheme, clock.instant());
        return rule == null
                ? null
                : new Refusal(
                        rule.id(),
                        "policy-violation",
                        "cancel",
                        domain + " does not permit " + scheme.title() + " for this account (rule " + rule.id()
                                + "). Switch it off in your client.");
    }
}
