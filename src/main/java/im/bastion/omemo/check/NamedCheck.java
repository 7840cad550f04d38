// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.check;

import im.bastion.policy.Citation;
import im.bastion.policy.RuleId;
import im.bastion.policy.Severity;

/** A check with its name, its reason and its weight. */
abstract class NamedCheck implements PublishCheck {
    private final RuleId id;
    private final Citation citation;
    private final Severity severity;

    NamedCheck(String id, Citation citation, Severity severity) {
        this.id = new RuleId(id);
        this.citation = citation;
        this.severity = severity;
    }

    @Override
    public final RuleId id() {
        return id;
    }

    @Override
    public final Citation citation() {
        return citation;
    }

    @Override
    public final Severity severity() {
        return severity;
    }
}
