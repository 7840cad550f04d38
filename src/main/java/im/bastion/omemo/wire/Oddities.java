// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.wire;

import java.util.ArrayList;
import java.util.List;

/** Parts of a payload that had to be left out, each said once, the first few. */
final class Oddities {
    private static final int MAX = 8;

    private final List<String> said = new ArrayList<>();

    void add(String sentence) {
        if (said.size() < MAX && !said.contains(sentence)) {
            said.add(sentence);
        }
    }

    List<String> all() {
        return said;
    }
}
