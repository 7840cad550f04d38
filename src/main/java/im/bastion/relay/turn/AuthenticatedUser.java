// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import im.bastion.relay.credential.TurnUser;
import im.bastion.relay.stun.MessageIntegrity;
import im.bastion.relay.stun.PasswordAlgorithm;
import java.nio.ByteBuffer;

/** Who proved to know a credential's password, and how: answers are sealed in the same way. */
final class AuthenticatedUser {
    private final TurnUser user;
    private final String password;
    private final byte[] key;
    private final MessageIntegrity integrity;

    private AuthenticatedUser(TurnUser user, String password, byte[] key, MessageIntegrity integrity) {
        this.user = user;
        this.password = password;
        this.key = key;
        this.integrity = integrity;
    }

    /** The user, if the datagram is sealed with that password. */
    static AuthenticatedUser prove(TurnUser user, String password, Seal seal, ByteBuffer datagram) {
        byte[] key = seal.algorithm().key(user.name(), seal.realm(), password);
        return seal.integrity().verify(datagram, key)
                ? new AuthenticatedUser(user, password, key, seal.integrity())
                : null;
    }

    /** What a request says about how it is sealed. */
    record Seal(MessageIntegrity integrity, PasswordAlgorithm algorithm, String realm) {}

    /** The same user in a later request, if that is sealed with the same password. */
    AuthenticatedUser again(Seal seal, ByteBuffer datagram) {
        return prove(user, password, seal, datagram);
    }

    TurnUser user() {
        return user;
    }

    /** The USERNAME. */
    String name() {
        return user.name();
    }

    /** The part of it that stands for the account. */
    String pseudonym() {
        return user.pseudonym();
    }

    /** The integrity key; not to be changed. */
    byte[] key() {
        return key;
    }

    MessageIntegrity integrity() {
        return integrity;
    }
}
