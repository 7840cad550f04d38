// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import im.bastion.relay.credential.CredentialBook;
import im.bastion.relay.credential.TurnUser;
import im.bastion.relay.stun.AttributeType;
import im.bastion.relay.stun.MessageIntegrity;
import im.bastion.relay.stun.PasswordAlgorithm;
import im.bastion.relay.stun.PasswordAlgorithmAttribute;
import im.bastion.relay.stun.StunAttribute;
import im.bastion.relay.stun.StunErrorCode;
import im.bastion.relay.stun.StunFormatException;
import im.bastion.relay.stun.StunMessage;
import im.bastion.relay.stun.TextAttribute;
import java.nio.ByteBuffer;

/** The long-term credential mechanism (RFC 8489 §9.2.4), without any memory of who asked. */
public final class Authenticator {
    private static final StunAttribute ALGORITHMS =
            PasswordAlgorithmAttribute.offer(PasswordAlgorithm.SHA256, PasswordAlgorithm.MD5);
    /** Stands in for a user who does not exist, so that the answer to both takes as long. */
    private static final TurnUser NOBODY = new TurnUser("0:nobody", "nobody", "", 0);

    private final String realm;
    private final CredentialBook credentials;
    private final NonceIssuer nonces;

    public Authenticator(String realm, CredentialBook credentials, NonceIssuer nonces) {
        this.realm = realm;
        this.credentials = credentials;
        this.nonces = nonces;
    }

    /**
     * Either the user or the answer that says why not.
     *
     * @param guessed whether a name or a password was wrong
     */
    record Result(AuthenticatedUser user, StunMessage refusal, boolean guessed) {
        Result(AuthenticatedUser user, StunMessage refusal) {
            this(user, refusal, false);
        }
    }

    /**
     * Judges the request.
     *
     * @param datagram the request's bytes
     * @param existing the allocation it is about, or null: its owner may go on using a credential that has expired
     *     meanwhile, so that a call is not cut
     */
    Result authenticate(TurnRequest request, ByteBuffer datagram, Allocation existing) throws StunFormatException {
        MessageIntegrity integrity = MessageIntegrity.strongestIn(datagram);
        if (integrity == null) {
            return challenge(request, StunErrorCode.UNAUTHENTICATED);
        }
        StunMessage message = request.message();
        boolean named = message.has(AttributeType.USERNAME) || message.has(AttributeType.USERHASH);
        if (!named || !message.has(AttributeType.REALM) || !message.has(AttributeType.NONCE)) {
            return new Result(null, request.refuse(StunErrorCode.BAD_REQUEST));
        }
        String nonce = TextAttribute.read(message.first(AttributeType.NONCE));
        if (!nonces.accepts(nonce, request.client(), request.now().epochSeconds())) {
            return challenge(request, StunErrorCode.STALE_NONCE);
        }
        PasswordAlgorithm algorithm = algorithm(message);
        if (algorithm == null) {
            return new Result(null, request.refuse(StunErrorCode.BAD_REQUEST));
        }
        String claimed = TextAttribute.read(message.first(AttributeType.REALM));
        AuthenticatedUser user = claimed.equals(realm)
                ? user(request, datagram, existing, new AuthenticatedUser.Seal(integrity, algorithm, realm))
                : null;
        return user == null
                ? new Result(
                        null, challenge(request, StunErrorCode.UNAUTHENTICATED).refusal(), true)
                : new Result(user, null);
    }

    /** Whether the session that the allocation's credential was minted for has ended. */
    boolean isRevoked(Allocation allocation) {
        return credentials.isRevoked(allocation.owner().user());
    }

    /**
     * The algorithm the client chose, or null when it was led to believe in another offer than ours (bid-down). Who says
     * nothing of algorithms knows MD5 alone.
     */
    private static PasswordAlgorithm algorithm(StunMessage message) {
        StunAttribute offered = message.first(AttributeType.PASSWORD_ALGORITHMS);
        StunAttribute chosen = message.first(AttributeType.PASSWORD_ALGORITHM);
        if (offered == null && chosen == null) {
            return PasswordAlgorithm.MD5;
        }
        return ALGORITHMS.equals(offered) && chosen != null ? PasswordAlgorithmAttribute.read(chosen) : null;
    }

    private AuthenticatedUser user(
            TurnRequest request, ByteBuffer datagram, Allocation existing, AuthenticatedUser.Seal seal)
            throws StunFormatException {
        String name = name(request.message());
        TurnUser user =
                name == null ? null : credentials.user(name, request.now().epochSeconds());
        if (existing != null && existing.owner().name().equals(name) && !isRevoked(existing)) {
            boolean mayStay = user != null || existing.isWithinGrace(request.now());
            return mayStay ? existing.owner().again(seal, datagram) : null;
        }
        return prove(user, datagram, seal);
    }

    private String name(StunMessage message) throws StunFormatException {
        StunAttribute name = message.first(AttributeType.USERNAME);
        return name == null
                ? credentials.username(message.first(AttributeType.USERHASH).value())
                : TextAttribute.read(name);
    }

    private AuthenticatedUser prove(TurnUser user, ByteBuffer datagram, AuthenticatedUser.Seal seal) {
        AuthenticatedUser proven = null;
        TurnUser tried = user == null ? NOBODY : user;
        for (String password : credentials.passwords(tried)) {
            AuthenticatedUser one = AuthenticatedUser.prove(tried, password, seal, datagram);
            proven = proven == null ? one : proven;
        }
        return user == null ? null : proven;
    }

    private Result challenge(TurnRequest request, StunErrorCode code) {
        String nonce = nonces.issue(request.client(), request.now().epochSeconds());
        return new Result(
                null,
                request.refuse(
                        code,
                        TextAttribute.of(AttributeType.REALM, realm),
                        TextAttribute.of(AttributeType.NONCE, nonce),
                        ALGORITHMS));
    }
}
