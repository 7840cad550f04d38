// SPDX-License-Identifier: Apache-2.0
package im.bastion.store;

import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import java.time.Instant;

/** A policy as a table or a file holds it: anything may be in there until {@link #checked()} has looked. */
record StoredPolicy(String rule, int version, String mode, String body, String author, long changedAtMillis) {

    static StoredPolicy of(PolicyRow row) {
        return new StoredPolicy(
                row.rule().value(),
                row.version(),
                row.mode().name(),
                row.body(),
                row.author(),
                row.at().toEpochMilli());
    }

    /** The policy, when every field is as it must be. */
    PolicyRow checked() throws BrokenPolicyException {
        if (version < 1) {
            throw broken("ruleVersion", String.valueOf(version), "must be 1 or more");
        }
        return new PolicyRow(
                checkedRule(), version, checkedMode(), checkedBody(), author, Instant.ofEpochMilli(changedAtMillis));
    }

    private RuleId checkedRule() throws BrokenPolicyException {
        try {
            return new RuleId(rule);
        } catch (IllegalArgumentException e) {
            throw broken("ruleId", rule, "must be guard.claim-in-kebab-case");
        }
    }

    private Mode checkedMode() throws BrokenPolicyException {
        try {
            return Mode.valueOf(mode);
        } catch (IllegalArgumentException e) {
            throw broken("ruleMode", mode, "must be OFF, OBSERVE or ENFORCE");
        }
    }

    private String checkedBody() throws BrokenPolicyException {
        try {
            PolicyBody.parse(body);
            return body;
        } catch (IllegalArgumentException e) {
            throw broken("body", body, e.getMessage());
        }
    }

    private BrokenPolicyException broken(String field, String value, String why) {
        return new BrokenPolicyException(new BrokenPolicy(rule, version, field, excerpt(value), why, 0));
    }

    private static String excerpt(String value) {
        return TextColumns.fit(value, 80);
    }
}
