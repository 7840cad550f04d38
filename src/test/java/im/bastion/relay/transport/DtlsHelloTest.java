// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.transport;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.policy.IpLiteral;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;

/** Against the ClientHello of a client that is not ours: Java's. */
class DtlsHelloTest {
    private static final InetSocketAddress CLIENT = new InetSocketAddress(IpLiteral.parse("192.0.2.1"), 4_000);
    private static final long NOW = 1_000_000_000_000L;
    private final ByteBuffer wire = clientHello();
    private final DtlsCookies cookies = new DtlsCookies();

    @Test
    void readsAClientHelloThatHasNoCookieYet() {
        DtlsHello hello = DtlsHello.read(wire);
        assertThat(hello.message()).isZero();
        assertThat(hello.isOutdated()).isFalse();
        assertThat(hello.cookie().hasRemaining()).isFalse();
        assertThat(cookies.accepts(hello, CLIENT, NOW)).isFalse();
    }

    @Test
    void theAnswerIsShorterThanTheQuestion() {
        DtlsHello hello = DtlsHello.read(wire);
        ByteBuffer answer = ByteBuffer.allocate(500);
        hello.verify(cookies.make(hello, CLIENT, NOW), answer);
        assertThat(answer.position()).isEqualTo(48).isLessThan(wire.remaining());
        answer.clear();
        hello.refuse(answer);
        assertThat(answer.position()).isEqualTo(15);
    }

    @Test
    void theCookieIsGoodForThatAddressAndThatHandshakeForAWhile() {
        DtlsHello repeated = DtlsHello.read(withCookie(cookies.make(DtlsHello.read(wire), CLIENT, NOW)));
        assertThat(cookies.accepts(repeated, CLIENT, NOW)).isTrue();
        assertThat(cookies.accepts(repeated, CLIENT, NOW + 60_000_000_000L)).isTrue();
        assertThat(cookies.accepts(repeated, CLIENT, NOW + 120_000_000_000L)).isFalse();
        assertThat(cookies.accepts(repeated, new InetSocketAddress(CLIENT.getAddress(), 4_001), NOW))
                .isFalse();
        assertThat(cookies.accepts(repeated, new InetSocketAddress(IpLiteral.parse("192.0.2.2"), 4_000), NOW))
                .isFalse();
        assertThat(new DtlsCookies().accepts(repeated, CLIENT, NOW)).isFalse();
        ByteBuffer other = withCookie(cookies.make(DtlsHello.read(wire), CLIENT, NOW));
        other.put(30, (byte) ~other.get(30));
        assertThat(cookies.accepts(DtlsHello.read(other), CLIENT, NOW)).isFalse();
    }

    @Test
    void findsTheFirstHelloInTheRepeatedOne() {
        ByteBuffer repeated = withCookie(new byte[DtlsCookies.BYTES]);
        assertThat(DtlsHello.read(repeated).first()).isEqualTo(wire);
    }

    @Test
    void whatIsNoWholeClientHelloIsNone() {
        for (int length = 0; length < wire.remaining(); length++) {
            assertThat(DtlsHello.read(wire.slice(0, length)))
                    .as("%d bytes", length)
                    .isNull();
        }
        for (int at : new int[] {0, 1, 3, 11, 13, 14, 19, 22}) {
            ByteBuffer broken = copy();
            broken.put(at, (byte) ~broken.get(at));
            assertThat(DtlsHello.read(broken)).as("byte %d", at).isNull();
        }
    }

    /** The same hello as a client repeats it: record and message 1, with the cookie. */
    private ByteBuffer withCookie(byte[] cookie) {
        int at = DtlsHello.read(wire).cookieAt();
        ByteBuffer out = ByteBuffer.allocate(wire.remaining() + cookie.length);
        out.put(wire.slice(0, at)).put((byte) cookie.length).put(cookie);
        out.put(wire.slice(at + 1, wire.remaining() - at - 1)).flip();
        int body = out.remaining() - 25;
        out.putLong(3, 1).putShort(11, (short) (body + 12)).putShort(17, (short) 1);
        out.putShort(15, (short) body).putShort(23, (short) body);
        return out;
    }

    private ByteBuffer copy() {
        return ByteBuffer.allocate(wire.remaining()).put(wire.duplicate()).flip();
    }

    private static ByteBuffer clientHello() {
        try {
            SSLContext context = SSLContext.getInstance("DTLS");
            context.init(null, null, null);
            SSLEngine engine = context.createSSLEngine();
            engine.setUseClientMode(true);
            engine.beginHandshake();
            ByteBuffer record = ByteBuffer.allocate(20_000);
            engine.wrap(ByteBuffer.allocate(0), record);
            return record.flip();
        } catch (java.security.GeneralSecurityException | javax.net.ssl.SSLException e) {
            throw new AssertionError(e);
        }
    }
}
