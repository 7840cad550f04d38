// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay;

import im.bastion.relay.credential.TurnCredential;
import im.bastion.relay.selftest.SelfTestReport;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/** What the relay has and can do, for the console. Thread-safe. */
public final class RelayServices {
    /** Long enough to go to another machine with it. */
    private static final Duration OUTSIDE_LIFE = Duration.ofMinutes(20);

    private static final String OUTSIDE = RelaySelfTest.SESSION + "from outside";

    private final RelayFeature relay;
    private final Clock clock;
    private final RelayTraffic traffic;
    private final ReentrantLock testing = new ReentrantLock();
    private volatile SelfTestReport latest;

    RelayServices(RelayFeature relay, RelayTraffic traffic, Clock clock) {
        this.traffic = traffic;
        this.relay = relay;
        this.clock = clock;
    }

    /** Where the relay is, or null when it does not run. */
    public RelayState state() {
        RunningRelay running = relay.running();
        return running == null ? null : relay.state(running);
    }

    /** What goes through it. */
    public RelayTraffic traffic() {
        return traffic;
    }

    /** What the latest test has shown, or null when there was none. */
    public SelfTestReport tested() {
        return latest;
    }

    /**
     * Tests the relay from inside; takes some seconds at most.
     *
     * @return false when it does not run, or another test does
     */
    public boolean test() throws InterruptedException {
        RunningRelay running = relay.running();
        if (running == null || !testing.tryLock()) {
            return false;
        }
        try {
            latest = new RelaySelfTest(running, relay.state(running), clock).run();
            return true;
        } finally {
            testing.unlock();
        }
    }

    /** What a test from outside needs, with a credential of its own that replaces the one before; null when nothing runs. */
    public OutsideTest outside() {
        RunningRelay running = relay.running();
        if (running == null) {
            return null;
        }
        TurnCredential minted = running.credentials().mint(OUTSIDE, OUTSIDE, clock.instant(), OUTSIDE_LIFE);
        return new OutsideTest(relay.state(running).uris(), minted.username(), minted.password(), minted.expires());
    }

    /** Lets several settings change together, so that the relay follows once. */
    public void change(Runnable settings) {
        relay.change(settings);
    }
}
