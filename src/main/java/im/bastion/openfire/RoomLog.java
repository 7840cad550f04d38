// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire;

import im.bastion.host.Database;
import im.bastion.host.HostException;
import im.bastion.host.RoomArchive.Logged;
import im.bastion.host.StanzaXml;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

/** The rows in which Openfire keeps what was said in rooms, the same since 4.2. Times are milliseconds in 15 digits. */
final class RoomLog {
    private static final String SELECT =
            "SELECT messageID, sender, nickname, logTime, subject, body, stanza FROM ofMucConversationLog"
                    + " WHERE roomID = ? AND logTime >= ? AND logTime < ? ORDER BY logTime DESC";
    private static final String UPDATE = "UPDATE ofMucConversationLog SET subject = ?, body = ?, stanza = ?"
            + " WHERE roomID = ? AND messageID = ? AND logTime = ?";
    private static final char SEPARATOR = ' ';

    private final Database database;

    RoomLog(Database database) {
        this.database = database;
    }

    List<Logged> read(JID room, long roomId, Instant from, Instant to, int max) {
        List<Logged> found = new ArrayList<>();
        try (Connection connection = database.connection();
                PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setMaxRows(max);
            select.setLong(1, roomId);
            select.setString(2, time(from));
            select.setString(3, time(to));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.add(logged(room, row));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new HostException("What was said in " + room + " could not be read: " + e.getMessage(), e);
        }
    }

    /** False when there is no such row any more. */
    boolean write(long roomId, Logged row, Message replacement) {
        int separator = row.key().indexOf(SEPARATOR);
        try (Connection connection = database.connection();
                PreparedStatement update = connection.prepareStatement(UPDATE)) {
            update.setString(1, replacement.getSubject());
            update.setString(2, replacement.getBody());
            update.setString(3, replacement.toXML());
            update.setLong(4, roomId);
            update.setLong(5, Long.parseLong(row.key().substring(0, separator)));
            update.setString(6, row.key().substring(separator + 1));
            return update.executeUpdate() > 0;
        } catch (SQLException e) {
            throw new HostException("A message of " + row.room() + " could not be rewritten: " + e.getMessage(), e);
        }
    }

    private static Logged logged(JID room, ResultSet row) throws SQLException {
        String time = row.getString("logTime");
        String nickname = row.getString("nickname");
        String shown = nickname == null ? "" : nickname;
        return new Logged(
                room,
                row.getLong("messageID") + String.valueOf(SEPARATOR) + time,
                new JID(row.getString("sender")),
                shown,
                Instant.ofEpochMilli(Long.parseLong(time.strip())),
                message(room, shown, row));
    }

    private static Message message(JID room, String nickname, ResultSet row) throws SQLException {
        String stanza = row.getString("stanza");
        if (stanza != null && !stanza.isEmpty()) {
            try {
                return new Message(StanzaXml.parse(stanza), true);
            } catch (IllegalArgumentException e) {
                // Cut off by a column that was too narrow, or by hand: what is left are its words.
            }
        }
        Message message = new Message();
        message.setType(Message.Type.groupchat);
        message.setFrom(nickname.isEmpty() ? room : new JID(room.getNode(), room.getDomain(), nickname, true));
        message.setSubject(row.getString("subject"));
        message.setBody(row.getString("body"));
        return message;
    }

    private static String time(Instant at) {
        return String.format("%015d", Math.max(0, at.toEpochMilli()));
    }
}
