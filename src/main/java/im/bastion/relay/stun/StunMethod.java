// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.stun;

/** Method numbers of RFC 8489 §18.2, RFC 8656 §17 and RFC 6062 §6.1. Numbers, not an enum: the wire may carry others. */
public final class StunMethod {
    public static final int BINDING = 0x001;
    public static final int ALLOCATE = 0x003;
    public static final int REFRESH = 0x004;
    public static final int SEND = 0x006;
    public static final int DATA = 0x007;
    public static final int CREATE_PERMISSION = 0x008;
    public static final int CHANNEL_BIND = 0x009;
    public static final int CONNECT = 0x00A;
    public static final int CONNECTION_BIND = 0x00B;
    public static final int CONNECTION_ATTEMPT = 0x00C;

    /** The largest number twelve bits hold. */
    public static final int MAX = 0xFFF;

    private StunMethod() {}

    static int ofMessageType(int type) {
        return (type & 0x000F) | (type & 0x00E0) >> 1 | (type & 0x3E00) >> 2;
    }

    static int messageType(int method, StunClass stunClass) {
        return (method & 0x000F) | (method & 0x0070) << 1 | (method & 0x0F80) << 2 | stunClass.bits();
    }
}
