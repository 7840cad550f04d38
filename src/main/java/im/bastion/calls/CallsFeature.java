// SPDX-License-Identifier: Apache-2.0
package im.bastion.calls;

import im.bastion.audit.AuditTrail;
import im.bastion.gate.Guard;
import im.bastion.host.Host;
import im.bastion.host.Subscription;
import im.bastion.metric.Counters;
import im.bastion.metric.Health;
import im.bastion.policy.Mode;
import im.bastion.policy.SignalledPeers;
import im.bastion.settings.Settings;
import java.net.InetAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls as a whole; follows its settings and the ends of sessions from start to close. */
public final class CallsFeature implements SignalledPeers, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CallsFeature.class);
    private static final int SWEEP_SECONDS = 60;

    private final Host host;
    private final Settings settings;
    private final Health health;
    private final Clock clock;
    private final CallBook book;
    private final CallsGuard guard;
    private final List<Subscription> subscriptions = new ArrayList<>();
    private volatile CallsPolicy policy;
    private volatile ScheduledExecutorService thread;

    public CallsFeature(Host host, Settings settings, AuditTrail audit, Counters counters, Health health, Clock clock) {
        this.host = host;
        this.settings = settings;
        this.health = health;
        this.clock = clock;
        this.policy = CallsPolicy.of(settings);
        this.book = new CallBook(counters.counter("calls.overlooked"));
        this.guard = new CallsGuard(
                () -> policy,
                new Parties(host.domain(), host.users(), host.rooms(), host.serverSessions()),
                book,
                new CallRefusals(
                        host.domain(),
                        host.stanzas(),
                        this::later,
                        audit,
                        counters.counter("calls.refused"),
                        counters.counter("calls.would-be-refused")),
                counters.counter("calls.candidates-hidden"),
                clock);
    }

    /** What the gate asks. */
    public Guard guard() {
        return guard;
    }

    /** What the console may ask. */
    public CallsServices services() {
        return new CallsServices(book::all);
    }

    /** Begins to follow calls. */
    public synchronized void start() {
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread created = new Thread(task, "bastion-calls");
            created.setDaemon(true);
            return created;
        });
        subscriptions.add(settings.onChange(setting -> {
            if (CallsSettings.ALL.contains(setting)) {
                policy = CallsPolicy.of(settings);
            }
        }));
        subscriptions.add(host.users().onEnd(book::end));
        var unused = thread.scheduleWithFixedDelay(
                () -> book.expire(clock.instant()), SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
        health.ok(CallsGuard.NAME);
    }

    @Override
    public synchronized void close() {
        subscriptions.forEach(Subscription::close);
        subscriptions.clear();
        if (thread != null) {
            thread.shutdownNow();
            thread = null;
        }
    }

    @Override
    public Mode mode() {
        return policy.signalled();
    }

    @Override
    public boolean named(String account, InetAddress peer) {
        return book.named(account, peer);
    }

    /** On the stanza path: what comes while the plugin is being closed is lost. */
    private void later(Runnable task) {
        ScheduledExecutorService running = thread;
        try {
            if (running != null) {
                running.execute(task);
            }
        } catch (RejectedExecutionException e) {
            LOG.debug("The ends of a call were not told that it is over: {}", e.getMessage());
        }
    }
}
