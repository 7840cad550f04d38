// SPDX-License-Identifier: Apache-2.0
package im.bastion.host;

import java.util.List;

/**
 * The nodes of all accounts (XEP-0163) as they stand in the database, for work on very many of them. Every method waits for
 * the database and throws a {@link HostException} when that fails: not for the stanza path.
 */
public interface PepNodes {
    /** The most rows that one call reads or writes. */
    int MAX_PAGE = 1_000;

    /**
     * A node's row.
     *
     * @param owner a bare JID, as it is stored
     * @param maxPayloadBytes the largest payload it takes; 0 when the row does not say
     */
    record Row(String owner, Pep.Node node, int maxPayloadBytes) {}

    /**
     * A row that is to be another.
     *
     * @param after of the same owner and node
     */
    record Change(Row before, Row after) {}

    /** Has the host write what it holds back of nodes, so that the rows say how they stand. */
    void settle();

    /** How many nodes have a name with one of these beginnings, which hold no wildcards of SQL. */
    long count(List<String> beginnings);

    /**
     * The nodes whose name has one of these beginnings, in an order that does not change.
     *
     * @param after the row where to go on; null to start
     * @param max at most {@link #MAX_PAGE}
     */
    List<Row> page(List<String> beginnings, Row after, int max);

    /**
     * Writes the rows that are still as they were, all in one transaction, and answers which they were, when no sudden death
     * of the process can undo that. What the host has in memory is not touched: see {@link #isLoaded}.
     */
    List<Change> replace(List<Change> changes);

    /**
     * Whether the host holds the account's nodes in memory, so that a change has to be made by {@link Pep#configure} too. To
     * be asked after {@link #replace}: what is loaded later is loaded as it then stands in the database.
     */
    boolean isLoaded(String owner);
}
