// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.keylog;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import im.bastion.audit.merkle.Hash;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Says what is true about a person without telling it: HMAC-SHA256 under a salt of the account's own. Whoever has the salt
 * can check; once it is deleted nobody can, not even by trying all names (which a bare hash would allow).
 */
final class Commitments {
    /** Bytes of a salt. */
    static final int SALT_BYTES = 32;

    private static final byte[] SUBJECT = "bastion-keylog-subject-1".getBytes(US_ASCII);
    private static final byte[] DETAIL = "bastion-keylog-detail-1".getBytes(US_ASCII);

    private final Mac mac;

    /** For one thread at a time. */
    Commitments(byte[] salt) {
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(salt, "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HMAC-SHA256", e);
        }
    }

    /** The account, the same in all of its leaves. */
    Hash subject(String account) {
        mac.update(SUBJECT);
        return Hash.of(mac.doFinal(account.getBytes(UTF_8)));
    }

    /** What happened, when and to what. */
    Hash detail(Instant at, KeyEvent.Kind kind, byte[] opening) {
        mac.update(DETAIL);
        mac.update(ByteBuffer.allocate(Long.BYTES + 1)
                .putLong(at.toEpochMilli())
                .put((byte) kind.code())
                .array());
        return Hash.of(mac.doFinal(opening));
    }

    /** The leaf of an event of the account with this salt. */
    Leaf.Event leaf(KeyEvent event, byte[] opening) {
        return new Leaf.Event(
                event.at(), event.kind(), subject(event.account()), detail(event.at(), event.kind(), opening));
    }
}
