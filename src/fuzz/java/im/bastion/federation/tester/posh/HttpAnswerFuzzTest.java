// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.posh;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Whatever a web server sends: read or refused, and no larger than its limits. */
class HttpAnswerFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void anyAnswerIsReadOrRefused(FuzzedDataProvider data) {
        HttpAnswer answer;
        try {
            answer = HttpAnswer.read(new ByteArrayInputStream(data.consumeRemainingAsBytes()));
        } catch (IOException e) {
            return;
        }
        if (answer.body().length() > 65_536 || answer.status() < 100 || answer.status() > 599) {
            throw new AssertionError(answer);
        }
    }
}
