// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import im.bastion.moderation.book.RuleBook;
import im.bastion.moderation.book.RuleTypes;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.PolicyRow;
import java.time.Instant;
import java.util.List;

/** Whatever stands in a policy's body, it is in force or reported. */
class ModerationPolicyFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void anyDefinitionIsInForceOrReported(FuzzedDataProvider data) {
        String body = data.consumeRemainingAsString();
        List<PolicyRow> rows = RuleTypes.ALL.stream()
                .map(type -> new PolicyRow(
                        new RuleId("moderation." + type.name()), 1, Mode.ENFORCE, body, "fuzz", Instant.EPOCH))
                .toList();
        RuleBook book = RuleBook.of(RuleTypes.ALL).with(rows);
        if (book.rules().size() + book.problems().size() != rows.size()) {
            throw new AssertionError("Neither in force nor reported: " + body);
        }
    }
}
