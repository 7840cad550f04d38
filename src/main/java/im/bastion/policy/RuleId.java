// SPDX-License-Identifier: Apache-2.0
package im.bastion.policy;

import java.util.regex.Pattern;

/**
 * The stable name of a rule, "guard.claim-in-kebab-case", at most 64 characters. Never used again for another rule.
 *
 * @param value for example {@code moderation.listed-phrase}
 */
public record RuleId(String value) {
    private static final Pattern FORM = Pattern.compile("[a-z]+\\.[a-z0-9]+(-[a-z0-9]+)*");
    private static final int MAX_LENGTH = 64;

    public RuleId {
        if (value.length() > MAX_LENGTH || !FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "A rule id is 'guard.claim-in-kebab-case' of at most " + MAX_LENGTH + " characters, not: " + value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
