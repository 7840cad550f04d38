// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.rule;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.PolicyRow;
import java.time.Instant;
import java.util.Set;

/** Whatever stands in a rule's body, it is read or refused with one kind of exception. */
class RuleReaderFuzzTest {
    private static final RuleId RULE = new RuleId("encryption.fuzz");

    @FuzzTest(maxDuration = "60s")
    void anyBodyIsReadOrRefused(FuzzedDataProvider data) {
        PolicyRow row = new PolicyRow(RULE, 1, Mode.ENFORCE, data.consumeRemainingAsString(), "fuzz", Instant.EPOCH);
        try {
            RuleReader.read(row, Mode.ENFORCE, group -> Set.of());
        } catch (IllegalArgumentException e) {
            if (e.getMessage() == null || e.getMessage().isEmpty()) {
                throw new AssertionError("Refused without a reason", e);
            }
        }
    }
}
