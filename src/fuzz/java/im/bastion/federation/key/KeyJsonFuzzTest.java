// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.key;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever the database holds: read, and then read again from what is written, or refused. */
class KeyJsonFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void anyRowIsReadOrRefused(FuzzedDataProvider data) {
        PeerKeys peer;
        try {
            peer = KeyJson.read(data.consumeRemainingAsString());
        } catch (IllegalArgumentException e) {
            return;
        }
        String written = KeyJson.of(peer);
        if (!KeyJson.of(KeyJson.read(written)).equals(written)) {
            throw new AssertionError(written);
        }
    }
}
