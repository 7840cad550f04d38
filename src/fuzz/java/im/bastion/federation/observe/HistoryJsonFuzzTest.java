// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.observe;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever stands in a row of the history, it is read or refused with the one exception that leaves it out. */
class HistoryJsonFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void anyRowIsReadOrRefused(FuzzedDataProvider data) {
        int kind = data.consumeInt(0, 2);
        String body = data.consumeRemainingAsString();
        try {
            Object read =
                    switch (kind) {
                        case 0 -> HistoryReader.day(body);
                        case 1 -> HistoryReader.profile(body);
                        default -> ChainJson.read(body);
                    };
            if (read == null) {
                throw new AssertionError("Neither read nor refused");
            }
        } catch (IllegalArgumentException e) {
            // Left out.
        }
    }
}
