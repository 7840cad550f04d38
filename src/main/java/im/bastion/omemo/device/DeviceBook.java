// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.device;

import im.bastion.host.Pep;
import im.bastion.omemo.check.KnownKeys;
import im.bastion.omemo.wire.OmemoGeneration;
import im.bastion.omemo.wire.OmemoNode;
import im.bastion.store.RecordWriter;
import im.bastion.store.Records;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.dom4j.Element;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.JID;

/**
 * What is known of every account's devices: in memory for the accounts that were looked at lately, in the records for all.
 * Questions from the stanza path are answered from memory; everything else happens on one thread. Thread-safe.
 */
public final class DeviceBook implements AutoCloseable {
    /** How many accounts are kept in memory. */
    static final int MAX_IN_MEMORY = 20_000;

    private static final Logger LOG = LoggerFactory.getLogger(DeviceBook.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Map<JID, Account> inMemory = new ConcurrentHashMap<>();
    private final Set<JID> awaitingLook = ConcurrentHashMap.newKeySet();
    private final SignsOfLife signs = new SignsOfLife();
    private final List<DeviceChange.Listener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong grace = new AtomicLong(Duration.ofMinutes(5).toMillis());
    private volatile BiConsumer<JID, OmemoGeneration> ailing = (owner, generation) -> {};
    private final Worker worker = new Worker();
    private final HostNodes nodes;
    private final Records records;
    private final RecordWriter writer;
    private final DeviceStore store;
    private final MarkBook marks;
    private final Clock clock;

    public DeviceBook(Pep pep, Records records, RecordWriter writer, MarkBook marks, Clock clock) {
        this.nodes = new HostNodes(pep);
        this.records = records;
        this.writer = writer;
        this.store = new DeviceStore(records, writer);
        this.marks = marks;
        this.clock = clock;
    }

    /** Reads the marks, at once, so that nothing that is hidden is shown from here on. */
    public void start() {
        try {
            marks.load(records);
        } catch (SQLException e) {
            LOG.warn("Hidden devices are shown until the database is back: {}", e.getMessage());
            boolean unused = worker.after(Duration.ofSeconds(10), this::start);
        }
    }

    /** How long a device may be listed before its bundle is missed. */
    public void grace(Duration duration) {
        grace.set(duration.toMillis());
    }

    /** From now on told of all changes. */
    public void onChange(DeviceChange.Listener listener) {
        listeners.add(listener);
    }

    /** From now on told, on the book's thread, when devices become ill or well, so that readers see another list. */
    public void onAiling(BiConsumer<JID, OmemoGeneration> listener) {
        ailing = listener;
    }

    /** What the account has published before, as far as it is in memory. */
    public KnownKeys known(JID owner) {
        Account account = inMemory.get(owner.asBareJID());
        return account == null ? KnownKeys.NONE : account;
    }

    /** The account as far as it is in memory, or null. */
    public Account peek(JID owner) {
        return inMemory.get(owner.asBareJID());
    }

    /** The account. May wait for the database: not for the stanza path. */
    public Account account(JID owner) {
        return worker.ask(PATIENCE, () -> load(owner.asBareJID()));
    }

    /** Looks at what the host has, and gives the account as it then is. May wait: not for the stanza path. */
    public Account look(JID owner) {
        return worker.ask(PATIENCE, () -> lookNow(owner.asBareJID()));
    }

    /** Looks at the account soon, unless it is in memory already. Never blocks. */
    public void lookIfUnknown(JID owner) {
        if (!inMemory.containsKey(owner.asBareJID())) {
            lookAfter(owner.asBareJID(), Duration.ZERO);
        }
    }

    /** Looks at the account when the host has carried out what it has just promised to take away. Never blocks. */
    public void lookSoon(JID owner) {
        // Beside the look that may be waiting for a bundle: that one comes much later.
        boolean unused = worker.after(Duration.ofSeconds(1), () -> lookQuietly(owner.asBareJID()));
    }

    /**
     * An item was published and is in the database. Never blocks.
     *
     * @param client the full JID of the publisher
     * @param payload of the item, which is not kept
     */
    public void published(JID client, OmemoNode node, String itemId, Element payload) {
        Observation seen = Publishes.observation(client, node, itemId, payload, clock.millis());
        if (seen == null) {
            return;
        }
        JID owner = client.asBareJID();
        if (!worker.soon(() -> apply(owner, seen))) {
            lookAfter(owner, Duration.ofMinutes(1));
        }
        lookAfter(owner, Duration.ofMillis(grace.get() + 1_000));
    }

    /** A message of the device has passed. Kept to the hour. Never blocks. */
    public void sent(JID owner, int device) {
        long now = clock.millis();
        if (signs.isFirst(owner, device, now)) {
            boolean unused = worker.soon(() -> noteSent(owner, device, SignsOfLife.hour(now)));
        }
    }

    /** The payload of the list that the host has, or null. Reads what the host has in memory, as a rule. */
    public Element list(JID owner, OmemoGeneration generation) {
        return nodes.listPayload(owner.asBareJID(), generation);
    }

    /** Whether devices of that generation are followed. */
    public static boolean follows(OmemoGeneration generation) {
        return HostNodes.GENERATIONS.contains(generation);
    }

    /** Up to so many accounts with devices, by their latest changes. */
    public List<JID> latest(int max) throws SQLException {
        return store.latest(max);
    }

    /** Waits until what was handed in has been dealt with; false when that took longer. For tests and for the end. */
    public boolean settle(Duration patience) throws InterruptedException {
        worker.ask(patience, () -> true);
        return writer.flush(patience.toMillis());
    }

    @Override
    public void close() {
        worker.close();
    }

    Worker worker() {
        return worker;
    }

    HostNodes nodes() {
        return nodes;
    }

    MarkBook marks() {
        return marks;
    }

    long now() {
        return clock.millis();
    }

    /** On the worker: the account from memory or the records. */
    Account load(JID owner) throws SQLException {
        Account known = inMemory.get(owner);
        if (known != null) {
            return known;
        }
        return remember(store.load(owner));
    }

    /** On the worker: brings the account up to what the host has. */
    Account lookNow(JID owner) throws SQLException {
        return apply(load(owner), nodes.all(load(owner), clock.millis()));
    }

    /** On the worker: notes a decision about a device. */
    Account decide(Account account, int device, DeviceChange.Kind kind, String actor) {
        Device known = account.device(device);
        if (known == null) {
            return account;
        }
        Device after = known.after(new Device.Happening(clock.millis(), kind, null, actor));
        tell(new DeviceChange(
                clock.instant(),
                kind,
                account.owner(),
                null,
                device,
                after.identity() == null ? "" : after.identity().hex(),
                DeviceChange.NO_PREKEY,
                actor));
        return keep(account, account.with(after));
    }

    private void lookAfter(JID owner, Duration delay) {
        if (awaitingLook.size() >= MAX_IN_MEMORY || !awaitingLook.add(owner)) {
            return;
        }
        boolean accepted = worker.after(delay, () -> {
            awaitingLook.remove(owner);
            lookQuietly(owner);
        });
        if (!accepted) {
            awaitingLook.remove(owner);
        }
    }

    private void lookQuietly(JID owner) {
        try {
            Account unused = lookNow(owner);
        } catch (SQLException e) {
            LOG.debug("Devices of {} were not looked at: {}", owner, e.getMessage());
        }
    }

    private void apply(JID owner, Observation seen) {
        try {
            Account unused = apply(load(owner), seen);
        } catch (SQLException e) {
            LOG.debug("Devices of {} were not noted: {}", owner, e.getMessage());
        }
    }

    private Account apply(Account before, Observation seen) {
        Bookkeeping.Result result = Bookkeeping.apply(before, seen);
        Account after = keep(before, result.account());
        Marks held = marks.of(after.owner());
        Marks now = marks.change(after.owner(), seen.at(), marked -> withAiling(marked, after, seen.at()));
        result.changes().forEach(this::tell);
        for (OmemoGeneration generation : HostNodes.GENERATIONS) {
            if (!held.sameFor(generation, now)) {
                ailing.accept(after.owner(), generation);
            }
        }
        return after;
    }

    private Marks withAiling(Marks held, Account account, long now) {
        Marks marked = held;
        for (OmemoGeneration generation : HostNodes.GENERATIONS) {
            Set<Integer> ill = new HashSet<>();
            for (Device device : account.devices().values()) {
                DeviceKeys keys = device.in(generation);
                if (keys.listed() && (keys.orphan(now, grace.get()) || keys.isUnusable())) {
                    ill.add(device.id());
                }
            }
            marked = marked.with(generation, ill);
        }
        return marked;
    }

    private void noteSent(JID owner, int device, long at) {
        try {
            Account account = load(owner);
            Device known = account.device(device);
            if (known != null) {
                Account unused = keep(account, account.with(known.sentAt(at)));
            }
        } catch (SQLException e) {
            LOG.debug("A sign of life of {} was not noted: {}", owner, e.getMessage());
        }
    }

    private Account keep(Account before, Account after) {
        store.save(before, after, clock.millis());
        return remember(after);
    }

    private Account remember(Account account) {
        if (inMemory.size() >= MAX_IN_MEMORY && !inMemory.containsKey(account.owner())) {
            forgetSome();
        }
        inMemory.put(account.owner(), account);
        return account;
    }

    private void forgetSome() {
        Iterator<JID> owners = inMemory.keySet().iterator();
        for (int i = 0; i < MAX_IN_MEMORY / 10 && owners.hasNext(); i++) {
            owners.next();
            owners.remove();
        }
    }

    private void tell(DeviceChange change) {
        for (DeviceChange.Listener listener : listeners) {
            try {
                listener.changed(change);
            } catch (RuntimeException e) {
                LOG.warn("A change of a device of {} was not taken: {}", change.owner(), e.getMessage(), e);
            }
        }
    }
}
