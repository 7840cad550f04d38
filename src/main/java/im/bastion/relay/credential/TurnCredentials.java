// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.credential;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * Mints and checks time-limited credentials: the password is base64(HMAC-SHA1(secret, user name)), as coturn and eturnal
 * compute it too. The account stays unknown to whoever sees the user name: its pseudonym is a keyed hash. Immutable. Which
 * session a credential belongs to and whether it was revoked is {@link CredentialBook}'s business.
 */
public final class TurnCredentials {
    /** No credential is valid for longer, whoever minted it. */
    public static final Duration MAX_LIFE = Duration.ofHours(24);

    private static final int PSEUDONYM_BYTES = 10;

    private final List<byte[]> secrets;

    /**
     * @param secrets the first one mints, all of them are accepted
     * @throws IllegalArgumentException when there is none
     */
    public TurnCredentials(List<String> secrets) {
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("no secret");
        }
        this.secrets = secrets.stream().map(secret -> secret.getBytes(UTF_8)).toList();
    }

    /**
     * A credential for the account.
     *
     * @param account the bare JID
     * @param session 16 hexadecimal digits
     * @param life at most {@link #MAX_LIFE}
     */
    TurnCredential mint(String account, String session, Instant now, Duration life) {
        byte[] secret = secrets.get(0);
        long expires = now.plus(life).getEpochSecond();
        String username = expires + ":" + pseudonym(account) + "-" + session;
        return new TurnCredential(username, password(secret, username), Instant.ofEpochSecond(expires));
    }

    /** What stands for the account in the user names that are minted now. */
    public String pseudonym(String account) {
        byte[] hash = Hmac.SHA256.of(secrets.get(0), "bastion relay pseudonym " + account);
        return HexFormat.of().formatHex(hash, 0, PSEUDONYM_BYTES);
    }

    /** The user of that name, or null when it is not one of ours, has expired or claims more life than any may have. */
    public TurnUser user(String username, long epochSeconds) {
        TurnUser user = TurnUser.parse(username);
        return user == null || user.expires() <= epochSeconds || user.expires() > epochSeconds + MAX_LIFE.toSeconds()
                ? null
                : user;
    }

    /** The passwords the user may have, one for each secret. */
    public List<String> passwords(TurnUser user) {
        return secrets.stream().map(secret -> password(secret, user.name())).toList();
    }

    private static String password(byte[] secret, String username) {
        return Base64.getEncoder().encodeToString(Hmac.SHA1.of(secret, username));
    }
}
