// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.credential;

import im.bastion.relay.stun.PasswordAlgorithm;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The credentials that are out: mints one for a session, knows it again by its name or by the hash of its name, and disowns
 * it when the session ends. Limits: {@link #MAX_SESSIONS} sessions that hold one and as many that have been revoked; beyond
 * that the oldest is forgotten. Thread-safe.
 */
public final class CredentialBook {
    static final int MAX_SESSIONS = 100_000;
    private static final int SESSION_BYTES = 8;

    /** A session that holds credentials: what stands for it, and the latest one. */
    private record Held(String tag, ByteBuffer userhash, String username) {}

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Held> bySession = new LinkedHashMap<>();
    private final Map<ByteBuffer, String> byUserhash = new HashMap<>();
    private final Map<String, String> sessionByTag = new HashMap<>();
    /** Tags of ended sessions and the epoch second from which no credential of theirs can be valid. */
    private final Map<String, Long> revoked = new LinkedHashMap<>();

    private TurnCredentials secrets;
    private String realm;

    /** @param realm what user names are hashed with */
    public CredentialBook(TurnCredentials secrets, String realm) {
        use(secrets, realm);
    }

    /** Goes on with other secrets or another realm. What is out stays valid as far as the secrets know it. */
    public synchronized void use(TurnCredentials latest, String latestRealm) {
        secrets = latest;
        realm = latestRealm;
    }

    /**
     * A credential for the session.
     *
     * @param account the bare JID
     * @param session the full JID
     * @param life at most {@link TurnCredentials#MAX_LIFE}
     */
    public synchronized TurnCredential mint(String account, String session, Instant now, Duration life) {
        Held held = bySession.remove(session);
        String tag = held == null ? newTag() : held.tag();
        if (held != null) {
            byUserhash.remove(held.userhash());
        }
        TurnCredential credential = secrets.mint(account, tag, now, life);
        ByteBuffer userhash = ByteBuffer.wrap(PasswordAlgorithm.userhash(credential.username(), realm));
        bySession.put(session, new Held(tag, userhash, credential.username()));
        byUserhash.put(userhash, credential.username());
        sessionByTag.put(tag, session);
        dropOldest();
        return credential;
    }

    /**
     * The user of that name, or null when it is not one of ours, has expired, claims more life than any may have or was
     * revoked.
     */
    public synchronized TurnUser user(String username, long epochSeconds) {
        TurnUser user = secrets.user(username, epochSeconds);
        return user == null || isRevoked(user) ? null : user;
    }

    /** The name a hash stands for (USERHASH), or null. */
    public synchronized String username(ByteBuffer userhash) {
        return byUserhash.get(userhash);
    }

    /** The session a user's credential was minted for, as a full JID; null when it has ended or another server minted it. */
    public synchronized String session(TurnUser user) {
        return sessionByTag.get(user.session());
    }

    /** The passwords the user may have, one for each secret. */
    public synchronized List<String> passwords(TurnUser user) {
        return secrets.passwords(user);
    }

    /** Whether its session has ended. */
    public synchronized boolean isRevoked(TurnUser user) {
        return revoked.containsKey(user.session());
    }

    /** Ends every credential of the sessions that fit. */
    public synchronized void revoke(Predicate<String> sessions, Instant now) {
        long until = now.plus(TurnCredentials.MAX_LIFE).getEpochSecond();
        revoked.values().removeIf(end -> end <= now.getEpochSecond());
        bySession.entrySet().removeIf(each -> {
            if (!sessions.test(each.getKey())) {
                return false;
            }
            byUserhash.remove(each.getValue().userhash());
            sessionByTag.remove(each.getValue().tag());
            revoked.put(each.getValue().tag(), until);
            return true;
        });
        while (revoked.size() > MAX_SESSIONS) {
            revoked.remove(revoked.keySet().iterator().next());
        }
    }

    /** Ends every credential of this session. */
    public synchronized void revoke(String session, Instant now) {
        if (bySession.containsKey(session)) {
            revoke(session::equals, now);
        }
    }

    private void dropOldest() {
        if (bySession.size() > MAX_SESSIONS) {
            Held oldest = bySession.remove(bySession.keySet().iterator().next());
            byUserhash.remove(oldest.userhash());
            sessionByTag.remove(oldest.tag());
        }
    }

    private String newTag() {
        byte[] bytes = new byte[SESSION_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
