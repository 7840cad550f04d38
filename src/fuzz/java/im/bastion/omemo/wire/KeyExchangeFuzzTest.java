// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.wire;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any bytes are read as a key exchange or refused with the one declared exception. */
class KeyExchangeFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void anyBytesAreReadOrRefused(FuzzedDataProvider data) {
        OmemoGeneration generation = data.consumeBoolean() ? OmemoGeneration.LEGACY : OmemoGeneration.OMEMO_2;
        try {
            KeyExchange exchange = KeyExchange.parse(generation, data.consumeRemainingAsBytes());
            if (exchange.preKeyId() < KeyExchange.NO_PRE_KEY || exchange.preKeyId() > 0xFFFF_FFFFL) {
                throw new AssertionError(exchange);
            }
        } catch (OmemoFormatException e) {
            if (e.getMessage() == null) {
                throw new AssertionError(e);
            }
        }
    }
}
