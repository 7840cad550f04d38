// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.keylog;

import static java.nio.charset.StandardCharsets.UTF_8;

import im.bastion.audit.merkle.Hash;
import im.bastion.audit.merkle.Tile;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The statements on the four tables of the key log. */
final class KeyLogTable {
    /** In place of a subject: leaves that are about the log itself. */
    static final String OWN = "log";

    private static final int ROWS = 1_000;
    private static final String SALT = "SELECT salt FROM ofBastionKeySalt WHERE account = ?";
    private static final String LEAVES = "SELECT leafIndex, entry, subject, opening FROM ofBastionKeyLeaf WHERE ";
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * Where the log ends.
     *
     * @param leaves how many it has
     * @param turn counts up with each {@link #lock}: as long as it stays, no account was erased
     */
    record End(long leaves, long turn) {}

    /**
     * Takes the end of the log for the rest of the transaction; who comes at the same time, from this node or another,
     * waits. Comes first in the transaction (see AuditTable.lockHead).
     */
    End lock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE ofBastionKeySize SET locked = locked + 1 WHERE id = 1");
            try (ResultSet row = statement.executeQuery("SELECT leaves, locked FROM ofBastionKeySize WHERE id = 1")) {
                if (!row.next()) {
                    throw lost();
                }
                return new End(row.getLong(1), row.getLong(2));
            }
        }
    }

    long size(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT leaves FROM ofBastionKeySize WHERE id = 1")) {
            if (!row.next()) {
                throw lost();
            }
            return row.getLong(1);
        }
    }

    private static SQLException lost() {
        return new SQLException("Table ofBastionKeySize has lost its row");
    }

    /**
     * Takes the end of the log as {@link #lock} does and moves it on by so many leaves; false, and neither, when it is not
     * where the caller believes it to be. Each statement costs more than the commit: what a node that writes alone knows
     * already it need not read.
     */
    boolean grow(Connection connection, End from, int leaves) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE ofBastionKeySize SET leaves = ? WHERE id = 1 AND leaves = ? AND locked = ?")) {
            update.setLong(1, from.leaves() + leaves);
            update.setLong(2, from.leaves());
            update.setLong(3, from.turn());
            return update.executeUpdate() == 1;
        }
    }

    /** Adds leaves and the tiles they made full; the caller holds the lock and has made the log grow. */
    void insert(Connection connection, List<LeafRow> rows, List<Tile> tiles) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO ofBastionKeyLeaf (leafIndex, entry, subject, opening) VALUES (?, ?, ?, ?)")) {
            for (LeafRow row : rows) {
                insert.setLong(1, row.index());
                insert.setBytes(2, row.entry());
                insert.setString(3, row.subject());
                insert.setBytes(4, row.opening());
                insert.addBatch();
            }
            insert.executeBatch();
        }
        insert(connection, tiles);
    }

    void insert(Connection connection, List<Tile> tiles) throws SQLException {
        if (tiles.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO ofBastionKeyTile (tileLevel, tileNumber, root, hashes) VALUES (?, ?, ?, ?)")) {
            for (Tile tile : tiles) {
                insert.setInt(1, tile.level());
                insert.setLong(2, tile.number());
                insert.setBytes(3, tile.root().toArray());
                insert.setBytes(4, tile.hashes());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Up to 1,000 leaves from that index on, in order. */
    List<LeafRow> leaves(Connection connection, long from) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(LEAVES + "leafIndex >= ? AND leafIndex < ? ORDER BY leafIndex")) {
            select.setLong(1, from);
            select.setLong(2, from + ROWS);
            return rows(select);
        }
    }

    /** Up to 1,000 leaves of a subject from that index on, in order. */
    List<LeafRow> leaves(Connection connection, String subject, long from) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(LEAVES + "subject = ? AND leafIndex >= ? ORDER BY leafIndex")) {
            select.setMaxRows(ROWS);
            select.setString(1, subject);
            select.setLong(2, from);
            return rows(select);
        }
    }

    /** The hashes of a full tile; null when there is none. */
    byte[] tile(Connection connection, int level, long number) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT hashes FROM ofBastionKeyTile WHERE tileLevel = ? AND tileNumber = ?")) {
            select.setInt(1, level);
            select.setLong(2, number);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getBytes(1) : null;
            }
        }
    }

    /** The roots of the tiles of a level from one (inclusive) to another, in order. */
    List<Hash> roots(Connection connection, int level, long from, long to) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT root FROM ofBastionKeyTile"
                + " WHERE tileLevel = ? AND tileNumber >= ? AND tileNumber < ? ORDER BY tileNumber")) {
            select.setInt(1, level);
            select.setLong(2, from);
            select.setLong(3, to);
            List<Hash> roots = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    roots.add(Hash.of(row.getBytes(1)));
                }
            }
            return roots;
        }
    }

    /** The account's salt; null when it has none. */
    byte[] salt(Connection connection, String account) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SALT)) {
            return salt(select, account);
        }
    }

    /** The accounts' salts, made where one has none; the caller holds the lock. */
    Map<String, byte[]> saltsOrNew(Connection connection, Collection<String> accounts) throws SQLException {
        Map<String, byte[]> salts = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(SALT)) {
            for (String account : accounts) {
                byte[] salt = salt(select, account);
                salts.put(account, salt == null ? newSalt(connection, account) : salt);
            }
        }
        return salts;
    }

    private static byte[] newSalt(Connection connection, String account) throws SQLException {
        byte[] salt = new byte[Commitments.SALT_BYTES];
        RANDOM.nextBytes(salt);
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO ofBastionKeySalt (account, salt) VALUES (?, ?)")) {
            insert.setString(1, key(account));
            insert.setBytes(2, salt);
            insert.executeUpdate();
        }
        return salt;
    }

    private static byte[] salt(PreparedStatement select, String account) throws SQLException {
        select.setString(1, key(account));
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? row.getBytes(1) : null;
        }
    }

    /** Deletes what tells whose leaves of this subject are; the caller holds the lock. */
    void erase(Connection connection, String account, String subject) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM ofBastionKeySalt WHERE account = ?");
                PreparedStatement forget =
                        connection.prepareStatement("UPDATE ofBastionKeyLeaf SET opening = NULL WHERE subject = ?")) {
            delete.setString(1, key(account));
            delete.executeUpdate();
            forget.setString(1, subject);
            forget.executeUpdate();
        }
    }

    private static List<LeafRow> rows(PreparedStatement select) throws SQLException {
        List<LeafRow> rows = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                rows.add(new LeafRow(row.getLong(1), row.getBytes(2), row.getString(3), row.getBytes(4)));
            }
        }
        return rows;
    }

    /** Of a fixed length, whatever the account's is. */
    private static String key(String account) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(account.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
