// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.transport;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;

/** Any datagram at the DTLS port: it is a ClientHello or not, and no answer to it is longer than it. */
class DtlsHelloFuzzTest {
    private final ByteBuffer answer = ByteBuffer.allocate(200);

    @FuzzTest(maxDuration = "60s")
    void answersAreShorterThanTheirQuestions(byte[] bytes) {
        DtlsHello hello = DtlsHello.read(ByteBuffer.wrap(bytes));
        if (hello == null) {
            return;
        }
        hello.verify(new byte[DtlsCookies.BYTES], answer.clear());
        int verify = answer.position();
        hello.refuse(answer.clear());
        if (verify >= bytes.length || answer.position() >= bytes.length) {
            throw new AssertionError("an answer longer than its question");
        }
        DtlsHello first = DtlsHello.read(hello.first());
        if (first == null || first.cookie().hasRemaining() || !first.random().equals(hello.random())) {
            throw new AssertionError("the first hello is not what the second repeats");
        }
    }
}
