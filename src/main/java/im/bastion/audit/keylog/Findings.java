// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.keylog;

import java.util.ArrayList;
import java.util.List;

/** What a verification found, in the order it was found. Not thread-safe. */
final class Findings {
    private final List<String> lines = new ArrayList<>();
    private int failures;

    /** Something that was checked and holds. */
    void holds(String what) {
        lines.add("ok      " + what);
    }

    /** Something that was checked and does not hold. */
    void fails(String what) {
        failures++;
        lines.add("FAILED  " + what);
    }

    void check(boolean holds, String whatHolds, String whatFails) {
        if (holds) {
            holds(whatHolds);
        } else {
            fails(whatFails);
        }
    }

    /** Something to know that is neither. */
    void note(String what) {
        lines.add("note    " + what);
    }

    boolean allHold() {
        return failures == 0;
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
