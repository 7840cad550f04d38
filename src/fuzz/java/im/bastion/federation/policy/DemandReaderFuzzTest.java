// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.policy;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.PolicyRow;
import java.time.Instant;
import java.util.List;

/** Whatever stands in a rule's body, it is read or refused with one kind of exception that names line and field. */
class DemandReaderFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void anyBodyIsReadOrRefusedAsAFault(FuzzedDataProvider data) {
        PolicyRow row = new PolicyRow(
                new RuleId("federation.fuzz"), 1, Mode.ENFORCE, data.consumeRemainingAsString(), "fuzz", Instant.EPOCH);
        try {
            DemandReader.check(row, List.of(), domain -> false);
        } catch (PolicyFault e) {
            if (e.line() < 1) {
                throw new AssertionError("Refused without its line", e);
            }
        }
    }
}
