// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.moderation.desk.Case;
import java.util.Arrays;
import java.util.List;

/**
 * The latest cases.
 *
 * @param cases null when they cannot be read now
 * @param rules the names of those in force, to choose from
 */
public record FeedView(Frame frame, Slice<Case> cases, List<String> rules, FeedPage.Only only) {
    /** The ways to choose, as words. */
    public List<String> choices() {
        return Arrays.stream(FeedPage.Only.values()).map(Query::word).toList();
    }

    public String onlyWord() {
        return Query.word(only);
    }
}
