// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.stream;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import im.bastion.federation.tester.fact.OfferAnswer;
import im.bastion.federation.tester.fact.TlsOffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Whatever a peer answers to an offer: taken, refused, or no TLS. */
class TlsHelloFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void anyAnswerIsReadOrRefused(FuzzedDataProvider data) {
        TlsOffer offer = data.pickValue(TlsOffer.values());
        try {
            OfferAnswer answer = TlsHello.server(new ByteArrayInputStream(data.consumeRemainingAsBytes()), offer);
            if (answer.isAccepted() == answer.detail().isEmpty()) {
                throw new AssertionError(answer);
            }
        } catch (IOException e) {
            // No TLS.
        }
    }
}
