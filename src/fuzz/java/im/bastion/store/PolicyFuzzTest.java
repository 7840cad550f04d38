// SPDX-License-Identifier: Apache-2.0
package im.bastion.store;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.List;

/** Whatever is in a policy's body or in the file of policies last known: read, or refused in the one declared way. */
class PolicyFuzzTest {
    @FuzzTest
    void anyBodyIsAnObjectOrRefused(FuzzedDataProvider data) {
        String body = data.consumeRemainingAsString();
        JsonObject object;
        try {
            object = PolicyBody.parse(body);
        } catch (IllegalArgumentException e) {
            return;
        }
        if (!PolicyBody.parse(object.toString()).equals(object)) {
            throw new AssertionError("Not the same again: " + body);
        }
    }

    @FuzzTest
    void anyFileOfPoliciesIsReadOrRefused(FuzzedDataProvider data) {
        List<StoredPolicy> policies;
        try {
            policies = PolicySnapshot.parse(data.consumeRemainingAsString());
        } catch (IOException e) {
            return;
        }
        for (StoredPolicy policy : policies) {
            try {
                policy.checked();
            } catch (BrokenPolicyException e) {
                if (e.report().toString().length() > 1_000_000) {
                    throw new AssertionError("A report as long as a book");
                }
            }
        }
    }
}
