// SPDX-License-Identifier: Apache-2.0
package im.bastion.store;

import im.bastion.host.Subscription;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import java.util.List;
import java.util.function.Consumer;

/** The current version of every rule. Reads are from memory and never block; what was last known survives a database that is down. */
public interface Policies {
    /** The rules of that guard ("moderation", …), in order of their ids. */
    List<PolicyRow> of(String guard);

    /**
     * Stores a new version of the rule and its audit entry in one transaction, then tells the listeners.
     *
     * @throws java.sql.SQLException when the database refused; nothing has changed then
     * @throws IllegalArgumentException when the body is not a JSON object or too large
     */
    PolicyRow change(RuleId rule, Mode mode, String body, String author) throws java.sql.SQLException;

    /**
     * Stores new versions of several rules and their audit entries in one transaction, then tells the listeners once: all of
     * them or none.
     *
     * @throws java.sql.SQLException when the database refused; nothing has changed then
     * @throws PolicyMovedException when one of the rules is not at the version its change was made from
     * @throws IllegalArgumentException when a body is not a JSON object or too large, or there are too many rules
     */
    List<PolicyRow> changeAll(List<PolicyChange> changes, String author) throws java.sql.SQLException;

    /** Calls the listener with the guard's name after each change of one of its rules, here or on another node. */
    Subscription onChange(Consumer<String> listener);
}
