// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.reputation;

import im.bastion.audit.AuditEvent;
import im.bastion.audit.AuditTrail;
import im.bastion.host.Host;
import im.bastion.host.HostException;
import im.bastion.moderation.rule.ActiveRule;
import im.bastion.moderation.rule.Scopes;
import im.bastion.policy.Mode;
import im.bastion.store.Records;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.dom4j.Element;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

/**
 * The lists that rules subscribe to, followed on a thread of their own: subscribed, read whole at start and every six
 * hours, kept up by events in between; read every ten minutes where no subscription is taken, as by Openfire, which takes
 * none of a server. A source that is away or hostile costs nothing but its own news.
 */
public final class FollowedLists implements BlockLists, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FollowedLists.class);
    private static final String PUBSUB = "http://jabber.org/protocol/pubsub";
    private static final String LOCAL = "list-entry";
    private static final Duration RESYNC = Duration.ofHours(6);
    private static final Duration RESYNC_WITHOUT_NEWS = Duration.ofMinutes(10);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(30);
    private static final Duration LONGEST_RETRY = Duration.ofHours(1);
    private static final long ANSWER_MILLIS = 60_000;
    private static final int MAX_PAGES = 10_000;
    private static final int FULL_TRUST = 100;

    private final Host host;
    private final Records records;
    private final AuditTrail audit;
    private final Clock clock;
    private final OwnList own;
    private final Map<String, FollowedList> byPlace = new ConcurrentHashMap<>();
    private final Map<String, String> nameOf = new ConcurrentHashMap<>();
    private final Map<String, LocalEntry> local = new ConcurrentHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final ScheduledThreadPoolExecutor worker;
    private volatile List<FollowedList> lists = List.of();

    /** @param own where our own entries are published */
    public FollowedLists(Host host, Records records, AuditTrail audit, Clock clock, OwnList own) {
        this.host = host;
        this.records = records;
        this.audit = audit;
        this.clock = clock;
        this.own = own;
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
        long often = RESYNC_WITHOUT_NEWS.toMinutes();
        var unusedToo = worker.scheduleWithFixedDelay(this::refreshSilent, often, often, TimeUnit.MINUTES);
    }

    /** Calls the listener when somebody may have become listed, on the lists' own thread. */
    public void onAdded(Runnable listener) {
        listeners.add(listener);
    }

    /** From now on follows the sources of these rules, and no others. */
    public synchronized void use(List<ActiveRule> rules) {
        Map<String, FollowedList> wanted = new TreeMap<>();
        for (ActiveRule active : rules) {
            if (active.rule() instanceof BlockListRule rule) {
                String place = place(rule.source());
                FollowedList known = byPlace.get(place);
                boolean same = known != null && known.source().equals(rule.source());
                wanted.put(place, same ? known : new FollowedList(rule.source(), file(place)));
                nameOf.put(place, active.id().value());
            }
        }
        for (Map.Entry<String, FollowedList> entry : wanted.entrySet()) {
            if (byPlace.put(entry.getKey(), entry.getValue()) != entry.getValue() && !worker.isShutdown()) {
                worker.execute(() -> begin(entry.getValue()));
            }
        }
        byPlace.keySet().retainAll(wanted.keySet());
        nameOf.keySet().retainAll(wanted.keySet());
        lists = List.copyOf(wanted.values());
    }

    /** Whether there is any source whose events are to be taken. */
    public boolean isFollowing() {
        return !lists.isEmpty();
    }

    /** Whether the person is refused, and the source is one of the lists that say so. From memory: for the stanza path. */
    boolean isRefused(ListSource source, JID person) {
        LocalEntry entry = localEntry(person);
        if (entry != null) {
            return entry.blocked();
        }
        long byName = ListedHash.of(person.toBareJID());
        long byDomain = ListedHash.of(person.getDomain());
        int trust = 0;
        boolean named = false;
        for (FollowedList list : lists) {
            boolean here =
                    list.names(byDomain) || (list.source().format() == ListSource.Format.SHA256 && list.names(byName));
            trust += here ? list.source().trust() : 0;
            named |= here && list.source().equals(source);
        }
        return named && trust >= FULL_TRUST;
    }

    /** Whether our own entries refuse the person; from memory. */
    boolean isRefusedHere(JID person) {
        LocalEntry entry = localEntry(person);
        return entry != null && entry.blocked();
    }

    /** Takes an event of a source (XEP-0060 §7.1.2); false when it is of none that is followed. */
    public boolean accept(Message message) {
        Element event = message.getElement().element("event");
        if (event == null || !event.getNamespaceURI().equals(PUBSUB + "#event") || message.getFrom() == null) {
            return false;
        }
        Element change = event.element("items") != null ? event.element("items") : event.element("purge");
        if (change == null) {
            return false;
        }
        FollowedList list = byPlace.get(message.getFrom().toString() + ' ' + change.attributeValue("node", ""));
        if (list == null || worker.isShutdown()) {
            return false;
        }
        Element copy = change.createCopy();
        worker.execute(() -> apply(list, copy));
        return true;
    }

    @Override
    public List<Source> sources() {
        List<Source> all = new ArrayList<>();
        byPlace.forEach((place, list) -> all.add(new Source(
                nameOf.getOrDefault(place, ""),
                list.source().service(),
                list.source().node(),
                list.size(),
                list.updatedAt(),
                list.problem())));
        all.sort(Comparator.comparing(Source::name));
        return all;
    }

    @Override
    public List<LocalEntry> localEntries() {
        return local.values().stream()
                .sorted(Comparator.comparing(LocalEntry::at).reversed())
                .toList();
    }

    @Override
    public void addLocal(String subject, boolean blocked, String reason, String by) {
        String name = subject(subject);
        LocalEntry entry = new LocalEntry(name, blocked, reason, by, clock.instant());
        try {
            records.put(List.of(LocalEntries.row(LOCAL, entry)));
        } catch (SQLException e) {
            throw new HostException("The entry could not be stored: " + e.getMessage(), e);
        }
        local.put(name, entry);
        audit("list-entry-added", name, by, blocked);
        if (blocked) {
            own.publish(ListedHash.hex(name), reason);
            listeners.forEach(Runnable::run);
        } else {
            own.retract(ListedHash.hex(name));
        }
    }

    @Override
    public boolean removeLocal(String subject, String by) {
        String name = subject(subject);
        LocalEntry entry = local.remove(name);
        if (entry == null) {
            return false;
        }
        try {
            boolean unused = records.delete(LOCAL, Scopes.of(name));
        } catch (SQLException e) {
            local.put(name, entry);
            throw new HostException("The entry could not be taken away: " + e.getMessage(), e);
        }
        own.retract(ListedHash.hex(name));
        audit("list-entry-removed", name, by, entry.blocked());
        return true;
    }

    @Override
    public void refresh() {
        for (FollowedList list : lists) {
            if (!worker.isShutdown()) {
                worker.execute(() -> ask(list, FIRST_RETRY));
            }
        }
    }

    private void refreshSilent() {
        lists.stream().filter(list -> !list.tellsNews()).forEach(list -> ask(list, FIRST_RETRY));
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

    private void begin(FollowedList list) {
        try {
            list.load();
            listeners.forEach(Runnable::run);
        } catch (IOException e) {
            LOG.warn("A block list could not be read from its file: {}", e.getMessage());
        }
        ask(list, FIRST_RETRY);
    }

    /** Each time the list is read: a source that was away, or has forgotten us, sends no news otherwise. */
    private void subscribe(FollowedList list) {
        IQ subscribe = request(IQ.Type.set, list.source());
        Element child = subscribe.getElement().addElement("pubsub", PUBSUB).addElement("subscribe");
        child.addAttribute("node", list.source().node()).addAttribute("jid", host.domain());
        host.stanzas().request(subscribe, ANSWER_MILLIS, answer -> {
            list.tellsNews(answer != null && answer.getType() == IQ.Type.result);
            if (!list.tellsNews()) {
                LOG.info(
                        "{} did not take our subscription; its list is read every {}",
                        list.source().service(),
                        RESYNC_WITHOUT_NEWS);
            }
        });
    }

    private void ask(FollowedList list, Duration retry) {
        subscribe(list);
        page(list, new HashTable(), null, MAX_PAGES, retry);
    }

    /** Reads the list a page at a time (XEP-0059), as large as the service likes. */
    private void page(FollowedList list, HashTable into, String after, int pagesLeft, Duration retry) {
        IQ request = request(IQ.Type.get, list.source());
        Element pubsub = request.getElement().addElement("pubsub", PUBSUB);
        pubsub.addElement("items").addAttribute("node", list.source().node());
        if (after != null) {
            pubsub.addElement("set", "http://jabber.org/protocol/rsm")
                    .addElement("after")
                    .setText(after);
        }
        host.stanzas().request(request, ANSWER_MILLIS, answer -> {
            if (!worker.isShutdown()) {
                worker.execute(() -> answered(list, into, answer, pagesLeft, retry));
            }
        });
    }

    private void answered(FollowedList list, HashTable into, IQ answer, int pagesLeft, Duration retry) {
        Element pubsub = answer == null ? null : answer.getElement().element("pubsub");
        Element items = pubsub == null ? null : pubsub.element("items");
        if (answer == null || answer.getType() == IQ.Type.error || items == null) {
            list.failed(
                    answer == null
                            ? "It did not answer within " + ANSWER_MILLIS / 1_000 + " s; what was last known holds"
                            : "It refused to show its list; what was last known holds");
            retry(list, retry);
            return;
        }
        int before = into.size();
        String last = list.read(items, into);
        Element set = pubsub.element("set");
        boolean more = set != null && set.elementText("last") != null && into.size() > before && pagesLeft > 0;
        if (more && into.size() < count(set)) {
            page(list, into, set.elementText("last"), pagesLeft - 1, retry);
            return;
        }
        LOG.debug("A list of {} ends with {}", list.source().service(), last);
        try {
            list.replace(into, clock.instant());
            listeners.forEach(Runnable::run);
        } catch (IOException e) {
            list.failed("It could not be kept in its file: " + e.getMessage());
        }
    }

    private void retry(FollowedList list, Duration retry) {
        Duration next = retry.multipliedBy(2);
        if (!worker.isShutdown() && lists.contains(list)) {
            var unused = worker.schedule(
                    () -> ask(list, next.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : next),
                    retry.toMillis(),
                    TimeUnit.MILLISECONDS);
        }
    }

    private void apply(FollowedList list, Element change) {
        try {
            if (change.getName().equals("purge")) {
                list.replace(new HashTable(), clock.instant());
            } else if (list.apply(change, clock.instant())) {
                listeners.forEach(Runnable::run);
            }
        } catch (IOException e) {
            list.failed("It could not be kept in its file: " + e.getMessage());
        }
    }

    private IQ request(IQ.Type type, ListSource source) {
        IQ request = new IQ(type);
        request.setFrom(host.domain());
        request.setTo(source.service());
        return request;
    }

    private void loadLocal() {
        try {
            List<Records.Row> page = records.newest(LOCAL, Long.MAX_VALUE, Records.MAX_PAGE);
            while (!page.isEmpty()) {
                page.forEach(row -> {
                    LocalEntry entry = LocalEntries.of(row);
                    local.put(entry.subject(), entry);
                });
                long before = page.get(page.size() - 1).at();
                page = page.size() < Records.MAX_PAGE ? List.of() : records.newest(LOCAL, before, Records.MAX_PAGE);
            }
        } catch (SQLException e) {
            LOG.warn("Our own list could not be read; trying again: {}", e.getMessage());
            if (!worker.isShutdown()) {
                var unused = worker.schedule(this::loadLocal, FIRST_RETRY.toSeconds(), TimeUnit.SECONDS);
            }
        }
    }

    private LocalEntry localEntry(JID person) {
        if (local.isEmpty()) {
            return null;
        }
        LocalEntry entry = local.get(person.toBareJID());
        return entry == null ? local.get(person.getDomain()) : entry;
    }

    private void audit(String action, String subject, String by, boolean blocked) {
        audit.record(new AuditEvent(
                clock.instant(),
                "moderation",
                by,
                action,
                subject,
                null,
                0,
                Mode.ENFORCE,
                "{\"blocked\":" + blocked + "}"));
    }

    private Path file(String place) {
        return host.dataFolder().resolve("lists").resolve(Scopes.of(place) + ".list");
    }

    private static String place(ListSource source) {
        return source.service().toString() + ' ' + source.node();
    }

    private static int count(Element set) {
        String count = set.elementText("count");
        try {
            return count == null ? Integer.MAX_VALUE : Integer.parseInt(count.strip());
        } catch (NumberFormatException e) {
            return Integer.MAX_VALUE;
        }
    }

    private static String subject(String written) {
        try {
            JID jid = new JID(written.strip().toLowerCase(Locale.ROOT));
            if (jid.getResource() == null) {
                return jid.toString();
            }
        } catch (IllegalArgumentException e) {
            // The same answer as for a full JID.
        }
        throw new IllegalArgumentException("\"subject\" must be an account such as name@example.org or a domain");
    }
}
