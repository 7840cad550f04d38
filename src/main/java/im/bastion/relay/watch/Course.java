// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.watch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest samples of something, the oldest first; as many as there is room for. */
final class Course {
    private final int room;
    private final Deque<Sample> samples = new ArrayDeque<>();

    Course(int room) {
        this.room = room;
    }

    void add(Sample sample) {
        if (samples.size() == room) {
            samples.remove();
        }
        samples.add(sample);
    }

    /** The latest, or null. */
    Sample latest() {
        return samples.peekLast();
    }

    List<Sample> all() {
        return List.copyOf(samples);
    }
}
