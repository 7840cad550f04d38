// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.rule;

import im.bastion.encryption.leak.Leak;
import im.bastion.encryption.scheme.Scheme;

/**
 * What a rule objects to in a message.
 *
 * @param stage how far it goes
 * @param scheme the scheme it objects to, or that the message is of; null when there is none
 * @param leak what is readable; null when that is not the point
 */
public record Finding(EncryptionRule rule, Stage stage, Kind kind, Scheme scheme, Leak leak) {
    /** Kinds of objections. */
    public enum Kind {
        /** Of a scheme that is forbidden. */
        FORBIDDEN,
        /** Not encrypted at all. */
        CLEAR,
        /** Encrypted, with something readable beside it. */
        LEAK,
        /** Claims to be encrypted; nothing shows it. */
        HOLLOW,
        /** Encrypted with another scheme than it has to be. */
        OTHER_SCHEME,
        /** Could be better. Never refused. */
        NOT_PREFERRED
    }
}
