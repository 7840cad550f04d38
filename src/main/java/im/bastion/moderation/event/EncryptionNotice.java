// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.event;

import java.util.Set;

/**
 * The bodies that clients put beside an encrypted message for those that cannot read it. Only these very words pass as
 * such: else anybody could have spam taken for one by a payload beside it that nobody can check.
 */
final class EncryptionNotice {
    private static final int LONGEST = 160;
    private static final Set<String> KNOWN = Set.of(
            "I sent you an OMEMO encrypted message but your client doesn't seem to support that.",
            "I sent you an OMEMO encrypted message but your client doesn't seem to support that. Find more information on"
                    + " https://conversations.im/omemo",
            "You received a message encrypted with OMEMO but your client doesn't support OMEMO.",
            "[This message is OMEMO encrypted]",
            "This message is OMEMO encrypted",
            "I sent you a PGP encrypted message but your client doesn't seem to support that.",
            "[This message is *encrypted* (See :XEP:`27`]",
            "[This message is *encrypted* with OpenPGP (See :XEP:`0373`]",
            "This message is encrypted.",
            "[This message is encrypted.]");

    private EncryptionNotice() {}

    static boolean is(String body) {
        return body.length() <= LONGEST && KNOWN.contains(body.strip().replace('\u2019', '\''));
    }
}
