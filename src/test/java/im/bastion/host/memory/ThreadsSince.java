// SPDX-License-Identifier: Apache-2.0
package im.bastion.host.memory;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Bastion's threads that have come since: other tests of the same process keep theirs. */
public final class ThreadsSince {
    private final Set<Thread> before = Thread.getAllStackTraces().keySet();

    /** The names of those still alive. */
    public Set<String> alive() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .map(Thread::getName)
                .filter(name -> name.startsWith("bastion"))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
