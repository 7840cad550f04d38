// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.commit;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever stands in the row of a pending commit, it is read and can be undone, or it is refused. */
class CommitJsonFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void anyRowIsReadOrRefused(FuzzedDataProvider data) {
        PendingCommit read;
        try {
            read = CommitJson.read(data.consumeRemainingAsString());
        } catch (IllegalArgumentException e) {
            return;
        }
        if (!CommitJson.read(CommitJson.of(read)).equals(read)) {
            throw new AssertionError("Written and read again it is another");
        }
    }
}
