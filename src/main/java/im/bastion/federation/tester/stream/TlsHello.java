// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.stream;

import im.bastion.federation.tester.fact.OfferAnswer;
import im.bastion.federation.tester.fact.OfferAnswer.Kind;
import im.bastion.federation.tester.fact.TlsOffer;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/**
 * The first message of each side of a TLS handshake (RFC 5246 §7.4.1, RFC 8446 §4.1), no more: enough to learn which versions
 * and suites a server takes, those among them that the platform's own TLS refuses to speak. Nothing secret is exchanged.
 */
final class TlsHello {
    private static final int RECORD_ALERT = 21;
    private static final int RECORD_HANDSHAKE = 22;
    private static final int SERVER_HELLO = 2;
    private static final int RANDOM_BYTES = 32;
    private static final int MAX_RECORD = (1 << 14) + 256;
    private static final int TLS_1_0 = 0x0301;
    private static final int TLS_1_2 = 0x0303;
    private static final int TLS_1_3 = 0x0304;
    private static final int SUPPORTED_VERSIONS = 43;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** X25519, P-256, P-384, P-521, and the finite fields of RFC 7919 with 2048 and 3072 bits. */
    private static final short[] GROUPS = {0x1D, 0x17, 0x18, 0x19, 0x100, 0x101};

    /** ECDSA, RSA-PSS and RSA with SHA-2, Ed25519, Ed448, and SHA-1 for those that have nothing else. */
    private static final short[] SIGNATURES = {
        0x0403, 0x0503, 0x0603, 0x0804, 0x0805, 0x0806, 0x0807, 0x0808, 0x0401, 0x0501, 0x0601, 0x0203, 0x0201
    };

    private TlsHello() {}

    /**
     * The ClientHello, in its record.
     *
     * @param serverName sent as SNI (RFC 6066 §3)
     * @param protocol sent as ALPN (RFC 7301); empty for none
     */
    static byte[] client(TlsOffer offer, String serverName, String protocol) {
        ByteBuffer hello = ByteBuffer.allocate(1_024);
        hello.putShort((short) Math.min(offer.version(), TLS_1_2));
        hello.put(random());
        hello.put((byte) RANDOM_BYTES).put(random());
        hello.putShort((short) (offer.suites().size() * 2));
        offer.suites().forEach(suite -> hello.putShort(suite.shortValue()));
        hello.put((byte) 1).put((byte) 0);
        int extensions = hello.position();
        hello.putShort((short) 0);
        name(hello, serverName.getBytes(StandardCharsets.US_ASCII));
        list(hello, 10, GROUPS);
        extension(hello, 11, (byte) 1, (byte) 0);
        list(hello, 13, SIGNATURES);
        extension(hello, 23);
        extension(hello, 0xFF01, (byte) 0);
        if (!protocol.isEmpty()) {
            protocol(hello, protocol.getBytes(StandardCharsets.US_ASCII));
        }
        if (offer.version() == TLS_1_3) {
            extension(hello, SUPPORTED_VERSIONS, (byte) 2, (byte) 3, (byte) 4);
            // No share of a key: the server asks for one, and with that has chosen (RFC 8446 §4.1.4).
            extension(hello, 51, (byte) 0, (byte) 0);
        }
        hello.putShort(extensions, (short) (hello.position() - extensions - 2));
        return framed(hello.flip());
    }

    /** Reads the answer: a ServerHello, or an alert, which refuses the offer. */
    static OfferAnswer server(InputStream in, TlsOffer offer) throws IOException {
        DataInputStream data = new DataInputStream(in);
        int type;
        try {
            type = data.readUnsignedByte();
        } catch (EOFException e) {
            // Some servers say no by saying nothing.
            return new OfferAnswer(Kind.REFUSED, "");
        }
        data.readUnsignedShort();
        byte[] record = new byte[data.readUnsignedShort()];
        if (record.length > MAX_RECORD) {
            throw new IOException("it sent what is no TLS");
        }
        data.readFully(record);
        if (type == RECORD_ALERT && record.length == 2) {
            return new OfferAnswer(Kind.REFUSED, "");
        }
        if (type != RECORD_HANDSHAKE) {
            throw new IOException("it sent what is no TLS");
        }
        try {
            return answer(ByteBuffer.wrap(record), offer);
        } catch (java.nio.BufferUnderflowException | IllegalArgumentException e) {
            throw new IOException("it sent what is no ServerHello", e);
        }
    }

    private static OfferAnswer answer(ByteBuffer hello, TlsOffer offer) throws IOException {
        if (hello.get() != SERVER_HELLO) {
            throw new IOException("it sent something else than a ServerHello");
        }
        hello.position(hello.position() + 3);
        int version = Short.toUnsignedInt(hello.getShort());
        hello.position(hello.position() + RANDOM_BYTES);
        hello.position(hello.position() + 1 + Byte.toUnsignedInt(hello.get(hello.position())));
        int suite = Short.toUnsignedInt(hello.getShort());
        hello.get();
        if (hello.remaining() >= 2) {
            version = version(hello, Short.toUnsignedInt(hello.getShort()), version);
        }
        // A server that chooses an older version than it was offered does not take this one.
        return version == offer.version() && offer.suites().contains(suite)
                ? new OfferAnswer(Kind.ACCEPTED, SuiteNames.of(suite))
                : new OfferAnswer(Kind.REFUSED, "");
    }

    /** That of the extension, which only TLS 1.3 has; the field before it always says 1.2. */
    private static int version(ByteBuffer hello, int length, int otherwise) {
        int end = Math.min(hello.limit(), hello.position() + length);
        while (end - hello.position() >= 4) {
            int type = Short.toUnsignedInt(hello.getShort());
            int size = Short.toUnsignedInt(hello.getShort());
            if (type == SUPPORTED_VERSIONS && size == 2) {
                return Short.toUnsignedInt(hello.getShort());
            }
            hello.position(hello.position() + size);
        }
        return otherwise;
    }

    private static byte[] framed(ByteBuffer hello) {
        int length = hello.remaining();
        ByteBuffer record = ByteBuffer.allocate(length + 9);
        record.put((byte) RECORD_HANDSHAKE).putShort((short) TLS_1_0).putShort((short) (length + 4));
        record.putInt(1 << 24 | length).put(hello);
        return record.array();
    }

    private static void name(ByteBuffer hello, byte[] name) {
        hello.putShort((short) 0).putShort((short) (name.length + 5)).putShort((short) (name.length + 3));
        hello.put((byte) 0).putShort((short) name.length).put(name);
    }

    private static void protocol(ByteBuffer hello, byte[] name) {
        hello.putShort((short) 16).putShort((short) (name.length + 3)).putShort((short) (name.length + 1));
        hello.put((byte) name.length).put(name);
    }

    private static void list(ByteBuffer hello, int type, short[] values) {
        hello.putShort((short) type).putShort((short) (values.length * 2 + 2)).putShort((short) (values.length * 2));
        for (short value : values) {
            hello.putShort(value);
        }
    }

    private static void extension(ByteBuffer hello, int type, byte... body) {
        hello.putShort((short) type).putShort((short) body.length).put(body);
    }

    private static byte[] random() {
        byte[] random = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(random);
        return random;
    }
}
