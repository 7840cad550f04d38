// SPDX-License-Identifier: Apache-2.0
package im.bastion.command;

/**
 * One thing that can be done by an ad-hoc command (XEP-0050): a form is shown, filled in, and done. Keeps nothing between
 * the two, so there is no session to steal; who asks is looked at each time. May wait for the database.
 *
 * @param <A> who asks, and where
 */
public interface Command<A> {
    /** The node, without what is before it. */
    String node();

    /** What people see in the list of commands. */
    String name();

    /** The form to fill in; null when there is nothing to ask. */
    CommandForm form(A asker);

    /**
     * Does it.
     *
     * @return what people are told
     * @throws CommandException when a field is wrong, or it cannot be done
     */
    CommandForm run(A asker, Fields fields) throws CommandException;
}
