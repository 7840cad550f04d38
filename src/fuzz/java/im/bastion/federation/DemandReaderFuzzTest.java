// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import im.bastion.policy.Mode;
import im.bastion.store.PolicyRow;
import java.time.Instant;

/** Whatever stands in a rule's body, it is read or refused with one kind of exception that names the rule. */
class DemandReaderFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void anyBodyIsReadOrRefusedWithTheRulesName(FuzzedDataProvider data) {
        PolicyRow row = new PolicyRow(
                DemandReader.TLS_AND_VALID_CERTIFICATE,
                1,
                Mode.ENFORCE,
                data.consumeRemainingAsString(),
                "fuzz",
                Instant.EPOCH);
        try {
            DemandReader.read(row, Mode.ENFORCE);
        } catch (IllegalArgumentException e) {
            if (!e.getMessage().startsWith("Rule " + row.rule())) {
                throw new AssertionError("Refused without its name", e);
            }
        }
    }
}
