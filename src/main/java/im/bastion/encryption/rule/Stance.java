// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.rule;

import java.util.Locale;

/** What a rule says of a scheme. */
public enum Stance {
    /** A message must be encrypted with this scheme, or another that the rule requires, prefers or allows. */
    REQUIRE,
    /** A message may be anything, but its sender is told that this would be better. */
    PREFER,
    /** As good as what is required. */
    ALLOW,
    /** No message may be of this scheme. */
    FORBID;

    /** As it stands in a rule's definition. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
