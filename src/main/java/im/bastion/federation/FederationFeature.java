// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation;

import im.bastion.audit.AuditTrail;
import im.bastion.federation.policy.PeerVerdict;
import im.bastion.gate.Guard;
import im.bastion.host.Host;
import im.bastion.host.HostException;
import im.bastion.host.ServerSession;
import im.bastion.host.ServerSessions;
import im.bastion.host.Subscription;
import im.bastion.metric.Counters;
import im.bastion.metric.Health;
import im.bastion.settings.Settings;
import im.bastion.store.Policies;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The federation guard with all it needs: its policy, its verdicts and the one thread that looks after the sessions. The
 * guard works from the moment of construction; without rules it asks to see nothing.
 */
public final class FederationFeature implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FederationFeature.class);
    private static final String NAME = "federation";
    private static final int LOOK_SECONDS = 5;
    private static final int REPORT_SECONDS = 60;

    private final ServerSessions sessions;
    private final Settings settings;
    private final Policies policies;
    private final Health health;
    private final Clock clock;
    private final PolicyInForce policy;
    private final PeerVerdicts verdicts;
    private final DecisionLog log;
    private final SessionCloser closer;
    private final FederationGuard guard;
    private final PolicyEditor editor;
    private final List<Subscription> subscriptions = new ArrayList<>();
    private ScheduledExecutorService thread;

    public FederationFeature(
            Host host,
            Settings settings,
            Policies policies,
            AuditTrail audit,
            Counters counters,
            Health health,
            Clock clock) {
        this.sessions = host.serverSessions();
        this.settings = settings;
        this.policies = policies;
        this.health = health;
        this.clock = clock;
        this.policy = new PolicyInForce(policies, settings, health);
        this.verdicts = new PeerVerdicts(sessions, clock);
        this.log = new DecisionLog(audit, counters, clock);
        this.closer =
                new SessionCloser(verdicts, policy, log, () -> settings.get(FederationSettings.RETRY_PAUSE), clock);
        this.guard = new FederationGuard(sessions, policy, verdicts, closer, log, clock);
        this.editor = new PolicyEditor(policies, sessions::isLocal);
    }

    /** Puts the policy in force and begins to look after the sessions. */
    public synchronized void start() {
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread created = new Thread(task, "bastion-federation");
            created.setDaemon(true);
            return created;
        });
        subscriptions.add(policies.onChange(changed -> {
            if (changed.equals(NAME)) {
                changed();
            }
        }));
        subscriptions.add(settings.onChange(setting -> {
            if (setting.equals(FederationSettings.MODE)) {
                changed();
            }
        }));
        policy.reload();
        every(1, closer::run);
        every(LOOK_SECONDS, this::look);
        every(REPORT_SECONDS, log::flush);
        health.ok(NAME);
    }

    /** Stops looking; the guard must have been taken out of the gate before. */
    @Override
    public synchronized void close() {
        subscriptions.forEach(Subscription::close);
        subscriptions.clear();
        if (thread != null) {
            thread.shutdownNow();
            thread = null;
            log.flush();
        }
    }

    /** What the console may ask and do. */
    public FederationServices services() {
        return new FederationServices(this::sessions, editor);
    }

    public Guard guard() {
        return guard;
    }

    /** The sessions that live on this node now, one row for each remote domain they carry. */
    private List<PeerSession> sessions() {
        return PeerSessions.read(sessions.all(), policy.current(), verdicts);
    }

    /** What the policy in force makes of a session: the worst of the verdicts on the domains it carries. */
    public PeerVerdict verdict(ServerSession session) {
        PeerVerdict worst = PeerVerdict.NOT_POLICED;
        for (String domain : session.remoteDomains()) {
            PeerVerdict verdict = verdicts.of(policy.current(), session, domain);
            worst = verdict.standing().compareTo(worst.standing()) > 0 ? verdict : worst;
        }
        return worst;
    }

    /** Judges every live session now, so that a refused one is closed also when no stanza tries it. */
    void look() {
        Set<String> live = new HashSet<>();
        for (ServerSession session : sessions.all()) {
            live.add(session.id());
            if (policy.current().polices(session.direction())) {
                judge(session);
            }
        }
        verdicts.tidy(live, clock.instant());
    }

    private void judge(ServerSession session) {
        try {
            for (String domain : session.remoteDomains()) {
                PeerVerdict verdict = verdicts.of(policy.current(), session, domain);
                if (verdict.standing() == PeerVerdict.Standing.REFUSED) {
                    closer.consider(session);
                }
            }
        } catch (HostException e) {
            LOG.debug("{} cannot be read", session.id(), e);
        }
    }

    private synchronized void changed() {
        policy.reload();
        if (thread != null) {
            thread.execute(quietly(this::look));
        }
    }

    private void every(int seconds, Runnable task) {
        var unused = thread.scheduleWithFixedDelay(quietly(task), seconds, seconds, TimeUnit.SECONDS);
    }

    /** A task that throws would never run again. */
    private Runnable quietly(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.warn("Looking after server-to-server sessions failed; tried again", e);
                health.degraded(NAME, "Looking after sessions failed, see the log: " + e);
            }
        };
    }
}
