// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.check;

import im.bastion.policy.Citation;
import im.bastion.policy.RuleId;
import im.bastion.policy.Severity;

/** One claim about a published item. Stateless; checks only say what they see, never what becomes of it. */
public interface PublishCheck {
    RuleId id();

    Citation citation();

    Severity severity();

    /** What is wrong, in words for an admin and without quoting the payload; null when nothing is, or it does not apply. */
    String finding(PublishedItem item);
}
