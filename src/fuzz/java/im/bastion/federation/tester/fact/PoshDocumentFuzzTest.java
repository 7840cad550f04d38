// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.fact;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever a peer publishes: read or refused, and never more than its limits. */
class PoshDocumentFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void anyFileIsReadOrRefused(FuzzedDataProvider data) {
        PoshDocument document;
        try {
            document = PoshDocument.read(data.consumeRemainingAsString());
        } catch (IllegalArgumentException e) {
            return;
        }
        if (document.sha256().size() > 100 || document.sha512().size() > 100) {
            throw new AssertionError(document);
        }
        if (document.reference() != null && document.reference().getHost() == null) {
            throw new AssertionError(document);
        }
    }
}
