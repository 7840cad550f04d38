// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.reputation;

import im.bastion.audit.AuditTrail;
import im.bastion.host.Host;
import im.bastion.moderation.reputation.ListSource.Format;
import im.bastion.moderation.rule.ActiveRule;
import im.bastion.moderation.rule.Scopes;
import im.bastion.policy.Mode;
import im.bastion.store.Records;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.dom4j.Element;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

/**
 * The lists that rules subscribe to, followed on a thread of their own: subscribed, read whole at start and every six
 * hours, kept up by events in between. A source that is away or hostile costs nothing but its own news.
 */
public final class FollowedLists implements BlockLists, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FollowedLists.class);
    private static final Duration RESYNC = Duration.ofHours(6);
    private static final Duration RETRY = Duration.ofSeconds(30);
    private static final int FULL_TRUST = 100;

    /**
     * A list, and what the rules make of it.
     *
     * @param rule the name of one that subscribes to it
     * @param trust the most that any of them has in it
     * @param enforced whether any of them acts; one that is only observed never helps another to act
     */
    private record Followed(ListFollower follower, String rule, int trust, boolean enforced) {
        FollowedList list() {
            return follower.list();
        }
    }

    private final Host host;
    private final Clock clock;
    private final LocalList local;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final ScheduledThreadPoolExecutor worker;
    private volatile List<Followed> followed = List.of();

    /** @param own where our own entries are published */
    public FollowedLists(Host host, Records records, AuditTrail audit, Clock clock, OwnList own) {
        this.host = host;
        this.clock = clock;
        this.local = new LocalList(records, audit, clock, own);
        worker = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "bastion-lists");
            thread.setDaemon(true);
            return thread;
        });
        worker.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        worker.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
        worker.execute(this::loadLocal);
        var unused =
                worker.scheduleWithFixedDelay(this::refresh, RESYNC.toMinutes(), RESYNC.toMinutes(), TimeUnit.MINUTES);
    }

    /** Calls the listener when somebody may have become listed, on the lists' own thread. */
    public void onAdded(Runnable listener) {
        listeners.add(listener);
    }

    /** From now on follows the sources of these rules, and no others. */
    public synchronized void use(List<ActiveRule> rules) {
        List<Followed> before = followed;
        List<Followed> wanted = new ArrayList<>();
        for (ActiveRule active : rules) {
            if (active.rule() instanceof BlockListRule rule) {
                add(wanted, before, active, rule.source());
            }
        }
        followed = List.copyOf(wanted);
        wanted.stream().filter(one -> find(before, one.list().source()) == null).forEach(one -> one.follower()
                .begin());
        before.stream().filter(one -> find(wanted, one.list().source()) == null).forEach(one -> one.follower()
                .end());
    }

    /** Whether there is any source whose events are to be taken. */
    public boolean isFollowing() {
        return !followed.isEmpty();
    }

    /**
     * Why the person is refused, when the source is one of the lists that say so: what the list says of the reason, or
     * nothing; null when the person is not. From memory: for the stanza path.
     */
    String refusal(ListSource source, JID person) {
        LocalEntry entry = local.about(person);
        if (entry != null) {
            return entry.blocked() ? entry.reason() : null;
        }
        Followed own = find(followed, source);
        if (own == null) {
            return null;
        }
        long byName = ListedHash.of(person.toBareJID());
        // Nobody else decides about all accounts of this server at once.
        long byDomain = person.getDomain().equals(host.domain()) ? byName : ListedHash.of(person.getDomain());
        if (!names(own.list(), byName, byDomain)) {
            return null;
        }
        int trust = 0;
        for (Followed one : followed) {
            boolean counts = one.enforced() || !own.enforced();
            trust += counts && names(one.list(), byName, byDomain) ? one.trust() : 0;
        }
        if (trust < FULL_TRUST) {
            return null;
        }
        String reason = own.list().reason(byName);
        return reason.isEmpty() ? own.list().reason(byDomain) : reason;
    }

    /** Whether our own entries refuse the person; from memory. */
    boolean isRefusedHere(JID person) {
        LocalEntry entry = local.about(person);
        return entry != null && entry.blocked();
    }

    /** Takes an event of a source (XEP-0060 §7.1.2); false when it is of none that is followed. */
    public boolean accept(Message message) {
        Element event = message.getElement().element("event");
        if (event == null
                || !event.getNamespaceURI().equals(ListFollower.PUBSUB + "#event")
                || message.getFrom() == null) {
            return false;
        }
        Element change = event.element("items") != null ? event.element("items") : event.element("purge");
        if (change == null) {
            return false;
        }
        boolean taken = false;
        for (Followed one : followed) {
            ListSource source = one.list().source();
            if (source.service().equals(message.getFrom()) && source.node().equals(change.attributeValue("node"))) {
                one.follower().changed(change);
                taken = true;
            }
        }
        return taken;
    }

    @Override
    public List<Source> sources() {
        return followed.stream()
                .map(one -> new Source(
                        one.rule(),
                        one.list().source().service(),
                        one.list().source().node(),
                        one.trust(),
                        one.enforced(),
                        one.list().size(),
                        one.list().updatedAt(),
                        one.list().problem()))
                .sorted(Comparator.comparing(Source::name))
                .toList();
    }

    @Override
    public List<LocalEntry> localEntries() {
        return local.all();
    }

    @Override
    public void addLocal(String subject, boolean blocked, String reason, String by) {
        local.add(subject, blocked, reason, by);
        if (blocked && !worker.isShutdown()) {
            worker.execute(this::added);
        }
    }

    @Override
    public boolean removeLocal(String subject, String by) {
        return local.remove(subject, by);
    }

    @Override
    public void refresh() {
        followed.forEach(one -> one.follower().refresh());
    }

    /** Our own entries are to be published from now on, or no longer. */
    public void publishAsWanted() {
        if (!worker.isShutdown()) {
            worker.execute(local::publishAsWanted);
        }
    }

    /** Stops following; what is known stays in files. */
    @Override
    public void close() {
        worker.shutdownNow();
        try {
            boolean unused = worker.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void add(List<Followed> wanted, List<Followed> before, ActiveRule active, ListSource source) {
        boolean enforced = active.mode() == Mode.ENFORCE;
        Followed twin = find(wanted, source);
        if (twin != null) {
            wanted.remove(twin);
            wanted.add(new Followed(
                    twin.follower(), twin.rule(), Math.max(twin.trust(), source.trust()), twin.enforced() || enforced));
            return;
        }
        Followed known = find(before, source);
        ListFollower follower = known != null
                ? known.follower()
                : new ListFollower(host, new FollowedList(source, file(source)), worker, clock, this::added);
        wanted.add(new Followed(follower, active.id().value(), source.trust(), enforced));
    }

    private void added() {
        listeners.forEach(Runnable::run);
    }

    private void loadLocal() {
        try {
            local.load();
        } catch (SQLException e) {
            LOG.warn("Our own list could not be read; trying again: {}", e.getMessage());
            if (!worker.isShutdown()) {
                var unused = worker.schedule(this::loadLocal, RETRY.toSeconds(), TimeUnit.SECONDS);
            }
        }
    }

    private static boolean names(FollowedList list, long byName, long byDomain) {
        return list.names(byDomain) || (list.source().format() == Format.SHA256 && list.names(byName));
    }

    private static Followed find(List<Followed> among, ListSource source) {
        for (Followed one : among) {
            if (one.list().source().isSameList(source)) {
                return one;
            }
        }
        return null;
    }

    private Path file(ListSource source) {
        String place = source.service().toString() + ' ' + source.node();
        return host.dataFolder().resolve("lists").resolve(Scopes.of(place) + ".list");
    }
}
