// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.stun;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;

/** Any datagram: nothing but {@link StunFormatException} comes out, and what was decoded can be encoded again. */
class StunMessageFuzzTest {
    private static final byte[] KEY = "key".getBytes(US_ASCII);

    @FuzzTest(maxDuration = "60s")
    void decodesOrSaysWhyNot(byte[] bytes) {
        ByteBuffer datagram = ByteBuffer.wrap(bytes);
        MessageIntegrity.SHA1.verify(datagram, KEY);
        MessageIntegrity.SHA256.verify(datagram, KEY);
        try {
            StunMessage message = StunMessageDecoder.decode(datagram);
            Fingerprint.isPresent(datagram);
            readAll(message);
            ByteBuffer out = ByteBuffer.allocate(bytes.length + 100);
            new StunMessageEncoder(out).message(message);
            if (!StunMessageDecoder.decode(out.flip()).equals(message)) {
                throw new AssertionError(message + " comes back as another message");
            }
        } catch (StunFormatException expected) {
            // The one declared way out.
        }
    }

    private static void readAll(StunMessage message) {
        for (StunAttribute attribute : message.attributes()) {
            tryToRead(() -> XorAddressAttribute.read(attribute, message.transactionId()));
            tryToRead(() -> ErrorCodeAttribute.read(attribute));
            tryToRead(() -> UnsignedAttribute.read(attribute));
            tryToRead(() -> ChannelNumberAttribute.read(attribute));
            tryToRead(() -> FirstByteAttribute.read(attribute));
            tryToRead(() -> TextAttribute.read(attribute));
            tryToRead(() -> UnknownAttributesAttribute.read(attribute));
        }
    }

    private interface Reading {
        Object read() throws StunFormatException;
    }

    private static void tryToRead(Reading reading) {
        try {
            reading.read();
        } catch (StunFormatException expected) {
            // The one declared way out.
        }
    }
}
