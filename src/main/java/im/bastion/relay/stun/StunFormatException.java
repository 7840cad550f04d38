// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.stun;

/** What came is not a STUN message, or an attribute of it is not as its specification says. Carries no stack trace. */
public final class StunFormatException extends Exception {
    public StunFormatException(String message) {
        super(message, null, false, false);
    }
}
