// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import im.bastion.relay.credential.TurnCredentials;
import im.bastion.relay.credential.TurnUser;
import im.bastion.relay.stun.AttributeType;
import im.bastion.relay.stun.LongTermKey;
import im.bastion.relay.stun.MessageIntegrity;
import im.bastion.relay.stun.StunErrorCode;
import im.bastion.relay.stun.StunFormatException;
import im.bastion.relay.stun.StunMessage;
import im.bastion.relay.stun.TextAttribute;
import java.nio.ByteBuffer;
import java.util.function.Supplier;

/** The long-term credential mechanism (RFC 8489 §9.2.4), without any memory of who asked. */
public final class Authenticator {
    private final String realm;
    private final Supplier<TurnCredentials> credentials;
    private final NonceIssuer nonces;

    /** @param credentials what is valid at the time of asking */
    public Authenticator(String realm, Supplier<TurnCredentials> credentials, NonceIssuer nonces) {
        this.realm = realm;
        this.credentials = credentials;
        this.nonces = nonces;
    }

    /** Either the user or the answer that says why not. */
    record Result(AuthenticatedUser user, StunMessage refusal) {}

    /**
     * Judges the request.
     *
     * @param datagram the request's bytes
     * @param existing the allocation the client has, or null: its owner may go on using a credential that has expired
     *     meanwhile, so that a call is not cut
     */
    Result authenticate(TurnRequest request, ByteBuffer datagram, Allocation existing) throws StunFormatException {
        MessageIntegrity integrity = MessageIntegrity.strongestIn(datagram);
        if (integrity == null) {
            return challenge(request, StunErrorCode.UNAUTHENTICATED);
        }
        StunMessage message = request.message();
        if (!message.has(AttributeType.USERNAME)
                || !message.has(AttributeType.REALM)
                || !message.has(AttributeType.NONCE)) {
            return new Result(null, request.refuse(StunErrorCode.BAD_REQUEST));
        }
        String nonce = TextAttribute.read(message.first(AttributeType.NONCE));
        if (!nonces.accepts(nonce, request.client(), request.now().epochSeconds())) {
            return challenge(request, StunErrorCode.STALE_NONCE);
        }
        AuthenticatedUser user =
                TextAttribute.read(message.first(AttributeType.REALM)).equals(realm)
                        ? user(request, datagram, existing, integrity)
                        : null;
        return user == null ? challenge(request, StunErrorCode.UNAUTHENTICATED) : new Result(user, null);
    }

    private AuthenticatedUser user(
            TurnRequest request, ByteBuffer datagram, Allocation existing, MessageIntegrity integrity)
            throws StunFormatException {
        String name = TextAttribute.read(request.message().first(AttributeType.USERNAME));
        TurnUser user = credentials.get().user(name, request.now().epochSeconds());
        if (existing != null && existing.owner().name().equals(name)) {
            AuthenticatedUser owner = existing.owner();
            boolean mayStay = user != null || existing.isWithinGrace(request.now());
            return mayStay && integrity.verify(datagram, owner.key()) ? owner.sealingWith(integrity) : null;
        }
        return user == null ? null : prove(user, datagram, integrity);
    }

    private AuthenticatedUser prove(TurnUser user, ByteBuffer datagram, MessageIntegrity integrity) {
        for (String password : credentials.get().passwords(user)) {
            byte[] key = LongTermKey.md5(user.name(), realm, password);
            if (integrity.verify(datagram, key)) {
                return new AuthenticatedUser(user.name(), user.pseudonym(), key, integrity);
            }
        }
        return null;
    }

    private Result challenge(TurnRequest request, StunErrorCode code) {
        String nonce = nonces.issue(request.client(), request.now().epochSeconds());
        return new Result(
                null,
                request.refuse(
                        code,
                        TextAttribute.of(AttributeType.REALM, realm),
                        TextAttribute.of(AttributeType.NONCE, nonce)));
    }
}
