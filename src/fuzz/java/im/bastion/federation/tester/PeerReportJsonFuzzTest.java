// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever the database holds: read, and then read again from what is written, or refused. */
class PeerReportJsonFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void anyRowIsReadOrRefused(FuzzedDataProvider data) {
        PeerReport report;
        try {
            report = PeerReportJson.read(data.consumeRemainingAsString());
        } catch (IllegalArgumentException e) {
            return;
        }
        String written = PeerReportJson.of(report);
        if (!PeerReportJson.of(PeerReportJson.read(written)).equals(written)) {
            throw new AssertionError(written);
        }
    }
}
