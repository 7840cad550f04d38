// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.stream;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import im.bastion.federation.tester.fact.StreamFeatures;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Whatever a peer sends on a stream: read or refused. */
class StreamReaderFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void anyStreamIsReadOrRefused(FuzzedDataProvider data) {
        try {
            StreamReader reader = new StreamReader(new ByteArrayInputStream(data.consumeRemainingAsBytes()));
            StreamFeatures features = reader.open();
            if (features.mechanisms().size() > 20) {
                throw new AssertionError(features);
            }
            for (int i = 0; i < 1_000; i++) {
                var unused = reader.next();
            }
            throw new AssertionError("more elements than there may be");
        } catch (IOException e) {
            // Refused, or at its end.
        }
    }
}
