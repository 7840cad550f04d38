// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import im.bastion.relay.stun.AttributeType;
import im.bastion.relay.stun.ErrorCodeAttribute;
import im.bastion.relay.stun.StunClass;
import im.bastion.relay.stun.StunFormatException;
import im.bastion.relay.stun.StunMessage;
import im.bastion.relay.stun.StunMessageDecoder;
import im.bastion.relay.stun.TextAttribute;
import im.bastion.relay.stun.UnsignedAttribute;
import im.bastion.relay.stun.XorAddressAttribute;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** What a server answered, taken apart. */
final class Answer {
    final ByteBuffer bytes;
    final StunMessage message;

    Answer(ByteBuffer bytes) {
        this.bytes = bytes;
        try {
            this.message = StunMessageDecoder.decode(bytes);
        } catch (StunFormatException e) {
            throw new AssertionError(e);
        }
    }

    boolean isSuccess() {
        return message.stunClass() == StunClass.SUCCESS;
    }

    /** The error's number, or 0 for a success. */
    int error() {
        try {
            return isSuccess() ? 0 : ErrorCodeAttribute.read(message.first(AttributeType.ERROR_CODE));
        } catch (StunFormatException e) {
            throw new AssertionError(e);
        }
    }

    String text(int type) {
        try {
            return TextAttribute.read(message.first(type));
        } catch (StunFormatException e) {
            throw new AssertionError(e);
        }
    }

    InetSocketAddress address(int type) {
        try {
            return XorAddressAttribute.read(message.first(type), message.transactionId());
        } catch (StunFormatException e) {
            throw new AssertionError(e);
        }
    }

    long lifetime() {
        try {
            return UnsignedAttribute.read(message.first(AttributeType.LIFETIME));
        } catch (StunFormatException e) {
            throw new AssertionError(e);
        }
    }
}
