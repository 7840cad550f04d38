// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.check;

import im.bastion.policy.Citation;
import im.bastion.policy.RuleId;
import im.bastion.policy.Severity;

/**
 * One claim about a published item. Stateless; checks only say what they see, never what becomes of it.
 *
 * <p>Severity: ERROR when no client can use what was published, or when whoever uses it is not safe; WARNING when it
 * breaks a MUST that clients are known to bear with; INFO when it departs from a SHOULD.
 */
public interface PublishCheck {
    RuleId id();

    Citation citation();

    Severity severity();

    /** What is wrong; null when nothing is, or the check does not apply. */
    Finding finding(PublishedItem item);
}
