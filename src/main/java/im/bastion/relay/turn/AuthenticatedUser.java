// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import im.bastion.relay.stun.MessageIntegrity;

/** Who proved to know a credential's password, and how: answers are sealed in the same way. */
final class AuthenticatedUser {
    private final String name;
    private final String pseudonym;
    private final byte[] key;
    private final MessageIntegrity integrity;

    AuthenticatedUser(String name, String pseudonym, byte[] key, MessageIntegrity integrity) {
        this.name = name;
        this.pseudonym = pseudonym;
        this.key = key;
        this.integrity = integrity;
    }

    /** The same user, who sealed the latest request in this way. */
    AuthenticatedUser sealingWith(MessageIntegrity latest) {
        return latest == integrity ? this : new AuthenticatedUser(name, pseudonym, key, latest);
    }

    /** The USERNAME. */
    String name() {
        return name;
    }

    /** The part of it that stands for the account. */
    String pseudonym() {
        return pseudonym;
    }

    /** The integrity key; not to be changed. */
    byte[] key() {
        return key;
    }

    MessageIntegrity integrity() {
        return integrity;
    }
}
