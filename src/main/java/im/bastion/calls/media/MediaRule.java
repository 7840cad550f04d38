// SPDX-License-Identifier: Apache-2.0
package im.bastion.calls.media;

import im.bastion.policy.Citation;
import im.bastion.policy.RuleId;

/** One way in which the media of a call are not encrypted as they must be. */
public interface MediaRule {
    RuleId id();

    Citation citation();

    /** What is wrong, as the end of a sentence, for the people who call. */
    String words();

    /** Whether it is so. */
    boolean isBrokenBy(Exchange exchange);
}
