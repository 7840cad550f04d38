// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import im.bastion.policy.Mode;
import im.bastion.store.BodyDifference;
import im.bastion.store.ChangeJournal;
import im.bastion.store.PolicyRow;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Writes each change of a policy into the audit log, in the transaction that makes the change. The body's SHA-256 goes into
 * the chain, so that a policy changed behind Bastion's back can be told from one that an admin changed.
 */
public final class PolicyJournal implements ChangeJournal {
    private final AuditLog log;

    public PolicyJournal(AuditLog log) {
        this.log = log;
    }

    @Override
    public void lock(Connection connection) throws SQLException {
        log.lock(connection);
    }

    @Override
    public void append(Connection connection, PolicyRow before, PolicyRow after) throws SQLException {
        log.append(
                connection,
                new AuditEvent(
                        after.at(),
                        "console",
                        after.author(),
                        "policy-changed",
                        after.rule().value(),
                        after.rule(),
                        after.version(),
                        Mode.ENFORCE,
                        detail(before, after)));
    }

    private static String detail(PolicyRow before, PolicyRow after) {
        String mode = word(after.mode());
        String modes = before == null || before.mode() == after.mode() ? mode : word(before.mode()) + " to " + mode;
        String fields = BodyDifference.of(before == null ? null : before.body(), after.body());
        String body = before != null && before.body().equals(after.body()) ? "body unchanged" : "body changed";
        String hash =
                "version " + after.version() + ", mode " + modes + ", " + body + ", SHA-256 " + sha256(after.body());
        return fields.isEmpty() ? hash : hash + ": " + fields;
    }

    private static String word(Mode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }

    private static String sha256(String body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
