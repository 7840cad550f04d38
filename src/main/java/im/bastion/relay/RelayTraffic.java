// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay;

import im.bastion.relay.credential.CredentialBook;
import im.bastion.relay.turn.AllocationTraffic;
import im.bastion.relay.turn.LiveAllocations;
import im.bastion.relay.turn.PeerRefusals;
import im.bastion.relay.watch.Sample;
import im.bastion.relay.watch.TrafficWatch;
import im.bastion.settings.Settings;
import java.util.List;

/** What goes through the relay now and went through it lately, for the console. Thread-safe. */
public final class RelayTraffic {
    private final RelayFeature relay;
    private final Settings settings;
    private final LiveAllocations live = new LiveAllocations();
    private final PeerRefusals refusals = new PeerRefusals();
    private final TrafficWatch watch = new TrafficWatch(live);

    RelayTraffic(RelayFeature relay, Settings settings) {
        this.relay = relay;
        this.settings = settings;
    }

    LiveAllocations allocations() {
        return live;
    }

    PeerRefusals refusals() {
        return refusals;
    }

    TrafficWatch watch() {
        return watch;
    }

    /** The allocations that live, the oldest first. */
    public List<LiveAllocation> live() {
        RunningRelay running = relay.running();
        CredentialBook credentials = running == null ? null : running.credentials();
        return watch.seen().stream()
                .map(each -> new LiveAllocation(
                        each.traffic(),
                        credentials == null
                                ? null
                                : credentials.session(each.traffic().user()),
                        each.latest()))
                .toList();
    }

    /** What was seen of all together, the oldest look first. */
    public List<Sample> course() {
        return watch.ofAll();
    }

    /** What was seen of one, the oldest look first. */
    public List<Sample> course(long allocation) {
        return watch.of(allocation);
    }

    /** The peers that were refused, what was refused most often first. */
    public List<PeerRefusals.Refused> refused() {
        return refusals.all();
    }

    /** How much is in use. */
    public Capacity capacity() {
        List<Sample> course = watch.ofAll();
        return new Capacity(
                relay.allocations(),
                settings.get(RelaySettings.MAX_TOTAL),
                settings.get(RelaySettings.MAX_PORT) - settings.get(RelaySettings.MIN_PORT) + 1,
                course.isEmpty() ? 0 : course.get(course.size() - 1).kbitPerSecond(),
                settings.get(RelaySettings.MAX_RATE));
    }

    /**
     * Ends an allocation: its sockets are closed at once, and its client's next request about it is refused.
     *
     * @return whose it was, or null when there is none of that id
     */
    public String end(long allocation) {
        RunningRelay running = relay.running();
        AllocationTraffic traffic = live.find(allocation);
        if (running == null || traffic == null) {
            return null;
        }
        String session = running.credentials().session(traffic.user());
        running.server().end(allocation);
        return session == null ? traffic.user().pseudonym() : session;
    }
}
