// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.transport;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Cookies that prove that a client is where it says it is (RFC 6347 §4.2.1), made without keeping anything: the platform's own
 * cookies are not bound to an address, so that one client's would open the door to all addresses.
 */
final class DtlsCookies {
    static final int BYTES = 20;
    private static final long SLOT_NANOS = 60_000_000_000L;
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    DtlsCookies() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        key = new SecretKeySpec(random, ALGORITHM);
    }

    byte[] make(DtlsHello hello, InetSocketAddress client, long nanos) {
        return mac(hello, client, Math.floorDiv(nanos, SLOT_NANOS));
    }

    /** Whether the hello carries a cookie that was made for this client at most two minutes ago. */
    boolean accepts(DtlsHello hello, InetSocketAddress client, long nanos) {
        if (hello.cookie().remaining() != BYTES) {
            return false;
        }
        byte[] carried = new byte[BYTES];
        hello.cookie().get(carried);
        long slot = Math.floorDiv(nanos, SLOT_NANOS);
        return MessageDigest.isEqual(carried, mac(hello, client, slot))
                || MessageDigest.isEqual(carried, mac(hello, client, slot - 1));
    }

    private byte[] mac(DtlsHello hello, InetSocketAddress client, long slot) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(hello.random());
            mac.update(client.getAddress().getAddress());
            mac.update(ByteBuffer.allocate(12)
                    .putInt(client.getPort())
                    .putLong(slot)
                    .flip());
            return Arrays.copyOf(mac.doFinal(), BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is part of every Java", e);
        }
    }
}
