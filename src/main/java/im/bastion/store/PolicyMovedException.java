// SPDX-License-Identifier: Apache-2.0
package im.bastion.store;

import im.bastion.policy.RuleId;

/** Somebody else has changed a rule since the version that a change was made from; nothing has been changed now. */
public final class PolicyMovedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PolicyMovedException(RuleId rule, int newest) {
        super("Rule " + rule + " was changed meanwhile; version " + newest + " is the newest");
    }
}
