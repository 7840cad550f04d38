// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.policy;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import im.bastion.federation.policy.PolicyFile.Content;
import im.bastion.store.PolicyRow;
import java.time.Instant;

/** Whatever text is given as a policy, it is read, or refused with the line of what is wrong. */
class PolicyFileFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void anyTextIsReadOrRefusedWithALine(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();
        Content content = PolicyFile.read(text, domain -> domain.endsWith("home.test"));
        for (PolicyFault fault : content.faults()) {
            if (fault.line() < 1
                    || fault.line() > text.lines().count() + 1
                    || !content.rules().isEmpty()) {
                throw new AssertionError("Half read, or refused without its line", fault);
            }
        }
        String written = PolicyFile.write(content.rules().stream()
                .map(rule ->
                        DemandReader.read(new PolicyRow(rule.id(), 1, rule.mode(), rule.body(), "fuzz", Instant.EPOCH)))
                .toList());
        if (!PolicyFile.read(written, domain -> false).faults().isEmpty()) {
            throw new AssertionError("What was written cannot be read: " + written);
        }
    }
}
