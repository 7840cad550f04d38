// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.device;

import im.bastion.audit.AuditEvent;
import im.bastion.audit.AuditTrail;
import im.bastion.host.Host;
import im.bastion.host.HostException;
import im.bastion.omemo.device.Marks.Mark;
import im.bastion.omemo.race.ListMerge;
import im.bastion.omemo.wire.OmemoGeneration;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.RecordWriter;
import im.bastion.store.Records;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.dom4j.Element;
import org.xmpp.packet.JID;

/**
 * What can be done about devices, by the console and by users' commands. Every method but {@link #hold} may wait for the
 * host and the database; each throws {@link HostException} when that takes too long or fails.
 */
public final class DeviceDesk {
    private static final RuleId RULE = new RuleId("omemo.devices");
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final long WRITE_MILLIS = 5_000;
    private static final int MAX_REMOVALS = 50;

    private final Host host;
    private final OwnerMessages messages;
    private final DeviceBook book;
    private final ListKeeper keeper;
    private final SessionDevices sessions;
    private final Records records;
    private final RecordWriter writer;
    private final AuditTrail audit;
    private final Clock clock;
    private final Supplier<HealthPolicy> policy;

    /** What the desk works with. */
    public record Parts(
            Host host,
            DeviceBook book,
            ListKeeper keeper,
            SessionDevices sessions,
            Records records,
            RecordWriter writer,
            AuditTrail audit,
            Clock clock) {}

    public DeviceDesk(Parts parts, Supplier<HealthPolicy> policy) {
        this.host = parts.host();
        this.messages = new OwnerMessages(parts.host());
        this.book = parts.book();
        this.keeper = parts.keeper();
        this.sessions = parts.sessions();
        this.records = parts.records();
        this.writer = parts.writer();
        this.audit = parts.audit();
        this.clock = parts.clock();
        this.policy = policy;
    }

    /** The account's devices as they are now, listed ones first, then by their last sign of life. */
    public List<DeviceView> devices(JID owner) {
        Account account = book.look(owner);
        Marks marks = book.marks().of(owner);
        List<JID> resources = host.users().resources(owner);
        long now = clock.millis();
        List<DeviceView> views = new ArrayList<>();
        for (Device device : account.devices().values()) {
            boolean connected = !sessions.being(device.id(), resources).isEmpty();
            views.add(new DeviceView(
                    device,
                    marks.of(device.id()),
                    HostNodes.GENERATIONS.stream()
                            .anyMatch(each -> device.in(each).listed() && marks.hides(each, device.id())),
                    connected,
                    policy.get().problems(device, connected, now)));
        }
        views.sort(Comparator.comparing((DeviceView view) -> !view.device().listed())
                .thenComparing(view -> -view.device().lastSeenAt()));
        return views;
    }

    /** Accounts with devices, by their latest changes. */
    public List<JID> accounts(int max) {
        try {
            return book.latest(max);
        } catch (SQLException e) {
            throw new HostException("The accounts cannot be read now", e);
        }
    }

    /**
     * Takes a lost device off lists and bundles, tells contacts by a fresh list, and keeps it away.
     *
     * @param endSessions whether the sessions that are known to be that device are disconnected
     * @param by an admin's name or the user's JID
     */
    public Removal revoke(JID owner, int device, boolean endSessions, String by) {
        return work(() -> {
            JID bare = owner.asBareJID();
            Account account = book.lookNow(bare);
            Marks unused = book.marks().change(bare, clock.millis(), marks -> marks.with(device, Mark.REVOKED));
            Removal removal = remove(account, device, Removal.Kind.REVOKED, "revoked", by);
            decided(bare, device, DeviceChange.Kind.REVOKED, by, "device-revoked");
            messages.tellAll(
                    bare, "Device " + device + " of your account has been revoked: nobody encrypts to it any more.");
            if (endSessions) {
                sessions.being(device, host.users().resources(bare)).forEach(host.users()::disconnect);
            }
            return removal;
        });
    }

    /** Lets a revoked device come back; it announces itself again when it is next used. */
    public void admit(JID owner, int device, String by) {
        mark(owner, device, null, DeviceChange.Kind.READMITTED, by, "device-admitted");
    }

    /** The user knows the new device: it is shown to readers. */
    public void keep(JID owner, int device, String by) {
        mark(owner, device, null, DeviceChange.Kind.SHOWN, by, "device-kept");
    }

    /** Keeps a device from readers, until further notice. */
    public void hide(JID owner, int device, String by) {
        mark(owner, device, Mark.HIDDEN, DeviceChange.Kind.HIDDEN, by, "device-hidden");
    }

    /** Shows a device to readers, whatever its health. */
    public void show(JID owner, int device, String by) {
        mark(owner, device, Mark.SHOWN, DeviceChange.Kind.SHOWN, by, "device-shown");
    }

    /** Shows a device to readers while it is healthy. */
    public void leaveToHealth(JID owner, int device, String by) {
        mark(owner, device, null, DeviceChange.Kind.SHOWN, by, "device-left-to-health");
    }

    /** The devices that pruning would take off the account's lists now. Changes nothing. */
    public List<DeviceView> stale(JID owner) {
        return devices(owner).stream()
                .filter(view -> view.problems().contains(HealthPolicy.Problem.STALE) && !view.connected())
                .toList();
    }

    /** Takes the stale devices off lists and bundles. They may come back by themselves, or by {@link #undo}. */
    public List<Removal> prune(JID owner, String by) {
        List<DeviceView> stale = stale(owner);
        return work(() -> {
            List<Removal> removals = new ArrayList<>();
            for (DeviceView view : stale) {
                removals.add(remove(
                        book.load(owner.asBareJID()),
                        view.device().id(),
                        Removal.Kind.PRUNED,
                        "not used for long",
                        by));
                record(owner.asBareJID(), view.device().id(), by, "device-pruned");
                messages.tellAll(
                        owner.asBareJID(),
                        view.name() + " has not been used for long and was taken off your devices for encryption. It"
                                + " comes back when it is used again; an administrator can put it back, too.");
            }
            return removals;
        });
    }

    /** What was taken away from the account, latest first. */
    public List<Removal> removals(JID owner) {
        return work(
                () -> records.newest(Removal.KIND, Scopes.of(owner.asBareJID()), Long.MAX_VALUE, MAX_REMOVALS).stream()
                        .map(Removal::of)
                        .toList());
    }

    /** Puts a removed device back with its bundle; false when there is no such removal, or it was undone. */
    public boolean undo(String id, String by) {
        return work(() -> {
            Optional<Removal> known =
                    records.get(Removal.KIND, id).map(Removal::of).filter(removal -> !removal.undone());
            if (known.isEmpty()) {
                return false;
            }
            Removal removal = known.get();
            Marks unused =
                    book.marks().change(removal.owner(), clock.millis(), marks -> marks.with(removal.device(), null));
            for (Removal.Part part : removal.parts()) {
                putBack(removal, part);
            }
            records.put(List.of(removal.asUndone().row()));
            decided(removal.owner(), removal.device(), DeviceChange.Kind.READMITTED, by, "device-removal-undone");
            return true;
        });
    }

    /** A new device waits for the user's consent: from now on readers are not shown it. Never blocks. */
    public void hold(JID owner, int device) {
        Marks unused =
                book.marks().change(owner.asBareJID(), clock.millis(), marks -> marks.with(device, Mark.PENDING));
    }

    private void mark(JID owner, int device, Mark mark, DeviceChange.Kind kind, String by, String action) {
        boolean done = work(() -> {
            JID bare = owner.asBareJID();
            Marks before = book.marks().of(bare);
            Marks after = book.marks().change(bare, clock.millis(), marks -> marks.with(device, mark));
            decided(bare, device, kind, by, action);
            for (OmemoGeneration generation : HostNodes.GENERATIONS) {
                if (before.hides(generation, device) != after.hides(generation, device)) {
                    keeper.tellAgain(bare, generation);
                }
            }
            return true;
        });
        if (!done) {
            throw new HostException("It was not done");
        }
    }

    private Removal remove(Account account, int device, Removal.Kind kind, String why, String by) throws SQLException {
        JID owner = account.owner();
        List<Removal.Part> parts = new ArrayList<>();
        for (OmemoGeneration generation : HostNodes.GENERATIONS) {
            Element entry = ListMerge.entry(generation, book.list(owner, generation), device);
            Element bundle = book.nodes().bundlePayload(owner, generation, device);
            if (entry != null || bundle != null) {
                parts.add(Removal.Part.of(generation, entry, bundle));
            }
        }
        Removal removal =
                new Removal(UUID.randomUUID().toString(), owner, device, kind, why, by, clock.instant(), false, parts);
        records.put(List.of(removal.row()));
        for (Removal.Part part : parts) {
            boolean wasListed = keeper.takeOff(owner, part.generation(), device);
            if (wasListed || !part.bundle().isEmpty()) {
                keeper.removeBundle(owner, part.generation(), device);
            }
        }
        Account unused = book.lookNow(owner);
        return removal;
    }

    private void putBack(Removal removal, Removal.Part part) {
        Element bundle = Removal.Part.element(part.bundle());
        if (bundle != null) {
            keeper.putBackBundle(removal.owner(), part.generation(), removal.device(), bundle);
        }
        Element entry = Removal.Part.element(part.entry());
        if (entry != null) {
            keeper.putBack(removal.owner(), part.generation(), entry);
        }
    }

    private void decided(JID owner, int device, DeviceChange.Kind kind, String by, String action) throws SQLException {
        Account unused = book.decide(book.load(owner), device, kind, by);
        record(owner, device, by, action);
        try {
            if (!writer.flush(WRITE_MILLIS)) {
                throw new HostException("The decision holds, but the database has not taken it yet");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void record(JID owner, int device, String by, String action) {
        audit.record(new AuditEvent(
                clock.instant(), "omemo", by, action, owner.toBareJID() + " " + device, RULE, 0, Mode.ENFORCE, ""));
    }

    private <T> T work(Callable<T> task) {
        return book.worker().ask(PATIENCE, task);
    }
}
