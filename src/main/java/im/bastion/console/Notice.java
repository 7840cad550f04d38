// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import java.util.Arrays;
import java.util.Locale;

/** What a page says after the redirect that follows a change. A name that is none of these says nothing. */
public enum Notice {
    MODE_CHANGED,
    POLICY_CHANGED,
    UNCHANGED,
    COMMIT_PENDING,
    TESTED,
    DONE;

    /** As it stands in the address. */
    String token() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The key of its text. */
    public String key() {
        return "bastion.notice." + token();
    }

    /** The notice of that token, or null. */
    static Notice of(String token) {
        return Arrays.stream(values())
                .filter(n -> n.token().equals(token))
                .findFirst()
                .orElse(null);
    }
}
