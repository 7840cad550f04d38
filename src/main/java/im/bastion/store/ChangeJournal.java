// SPDX-License-Identifier: Apache-2.0
package im.bastion.store;

import java.sql.Connection;
import java.sql.SQLException;

/** Where a change of a policy is written down, in the transaction that makes the change. */
public interface ChangeJournal {
    /**
     * Makes every other change, on this node or another, wait until the connection's transaction ends; called before
     * anything is read.
     */
    void lock(Connection connection) throws SQLException;

    /**
     * Adds the change to the journal over the given connection; neither commits nor closes it.
     *
     * @param before null for a rule's first version
     */
    void append(Connection connection, PolicyRow before, PolicyRow after) throws SQLException;
}
