// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.stun;

/** The four classes of RFC 8489 §5. */
public enum StunClass {
    REQUEST(0x000),
    INDICATION(0x010),
    SUCCESS(0x100),
    ERROR(0x110);

    private static final int MASK = 0x110;

    private final int bits;

    StunClass(int bits) {
        this.bits = bits;
    }

    static StunClass ofMessageType(int type) {
        return switch (type & MASK) {
            case 0x000 -> REQUEST;
            case 0x010 -> INDICATION;
            case 0x100 -> SUCCESS;
            default -> ERROR;
        };
    }

    /** The class where a message type has it: bits 8 and 4. */
    int bits() {
        return bits;
    }
}
