// SPDX-License-Identifier: Apache-2.0
package im.bastion.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import im.bastion.host.Database.Dialect;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Free text in columns. On MySQL and MariaDB it is kept as UTF-8 bytes, because a connection there may carry only three
 * bytes a character, or Latin 1, and then refuses or silently changes the rest.
 */
public record TextColumns(Dialect dialect) {
    private static final char REPLACEMENT = '\uFFFD';

    /** Binds the text to a parameter. */
    public void set(PreparedStatement statement, int index, String text) throws SQLException {
        if (dialect == Dialect.MYSQL) {
            statement.setBytes(index, text.getBytes(UTF_8));
        } else {
            statement.setString(index, text);
        }
    }

    /** Reads the column's text; empty when it is NULL. */
    public String get(ResultSet row, String column) throws SQLException {
        if (dialect == Dialect.MYSQL) {
            byte[] bytes = row.getBytes(column);
            return bytes == null ? "" : new String(bytes, UTF_8);
        }
        String text = row.getString(column);
        return text == null ? "" : text;
    }

    /**
     * The text as every database gives it back unchanged: at most {@code maxChars} UTF-16 units, and U+FFFD in place of
     * NUL and of halves of surrogate pairs. Null becomes empty.
     */
    public static String fit(String text, int maxChars) {
        if (text == null) {
            return "";
        }
        int end = Math.min(text.length(), maxChars);
        if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isSurrogate(c)) {
                return replaced(text.substring(0, end));
            }
        }
        return end == text.length() ? text : text.substring(0, end);
    }

    private static String replaced(String text) {
        StringBuilder result = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c == 0 || Character.getType(c) == Character.SURROGATE ? REPLACEMENT : c)
                .forEach(result::appendCodePoint);
        return result.toString();
    }
}
