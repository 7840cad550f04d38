// SPDX-License-Identifier: Apache-2.0
package im.bastion.store;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Small documents of one kind each (sanctions, cases, …) in one table: found by id, by scope or by age, gone when they
 * expire. Every method is one transaction and may take as long as the database does: not for the stanza path.
 */
public interface Records {
    /** The most rows one call answers. */
    int MAX_PAGE = 1_000;

    /**
     * One document.
     *
     * @param kind which kind, kebab-case, at most 32 characters
     * @param id unique within the kind, at most 64 ASCII characters
     * @param scope what it is about and found by, at most 64 ASCII characters (hash what is longer); may be empty
     * @param at milliseconds since the epoch: newest first
     * @param expiresAt milliseconds since the epoch after which it may be deleted; {@link Long#MAX_VALUE} for never
     * @param body a JSON object of at most 64 KiB
     */
    record Row(String kind, String id, String scope, long at, long expiresAt, String body) {}

    /** The document of that kind and id. */
    Optional<Row> get(String kind, String id) throws SQLException;

    /** Inserts the documents, or replaces those of the same kind and id. All or none. */
    void put(List<Row> rows) throws SQLException;

    /** Deletes the document; false when there was none. */
    boolean delete(String kind, String id) throws SQLException;

    /** Documents of a kind, newest first, with {@code at} before that time; at most {@link #MAX_PAGE}. */
    List<Row> newest(String kind, long before, int max) throws SQLException;

    /** Documents of a kind and scope, newest first, with {@code at} before that time; at most {@link #MAX_PAGE}. */
    List<Row> newest(String kind, String scope, long before, int max) throws SQLException;

    /** Documents of a kind in the order of their ids, from the first after that id; at most {@link #MAX_PAGE}. */
    List<Row> after(String kind, String id, int max) throws SQLException;

    /** How many documents of a kind there are. */
    long count(String kind) throws SQLException;

    /** Deletes up to {@code max} documents whose time has come; answers how many. */
    int purge(long now, int max) throws SQLException;
}
