// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.watch;

import im.bastion.relay.turn.AllocationTraffic;
import java.time.Instant;

/** An allocation that is looked at again and again. */
final class Followed {
    private final AllocationTraffic traffic;
    private final DirectionMeter fromClient;
    private final DirectionMeter fromPeers;
    private final Course course;

    Followed(AllocationTraffic traffic, int room) {
        this.traffic = traffic;
        this.fromClient = new DirectionMeter(traffic.toPeerRtp());
        this.fromPeers = new DirectionMeter(traffic.toClientRtp());
        this.course = new Course(room);
    }

    Sample look(Instant at, long nanos) {
        Sample sample = new Sample(
                at, 1, fromClient.look(traffic.toPeerBytes(), nanos), fromPeers.look(traffic.toClientBytes(), nanos));
        course.add(sample);
        return sample;
    }

    AllocationTraffic traffic() {
        return traffic;
    }

    Course course() {
        return course;
    }
}
