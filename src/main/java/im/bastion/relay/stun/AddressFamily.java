// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.stun;

import java.net.Inet4Address;
import java.net.InetAddress;

/** The address families of RFC 8489 §14.1. */
public enum AddressFamily {
    IPV4(0x01, 4),
    IPV6(0x02, 16);

    private final int number;
    private final int bytes;

    AddressFamily(int number, int bytes) {
        this.number = number;
        this.bytes = bytes;
    }

    public static AddressFamily of(InetAddress address) {
        return address instanceof Inet4Address ? IPV4 : IPV6;
    }

    /** The family of that number, or null. */
    public static AddressFamily ofNumber(int number) {
        return number == IPV4.number ? IPV4 : number == IPV6.number ? IPV6 : null;
    }

    public int number() {
        return number;
    }

    /** How long an address is. */
    public int bytes() {
        return bytes;
    }
}
