// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.sanction;

import im.bastion.audit.AuditEvent;
import im.bastion.audit.AuditTrail;
import im.bastion.host.Affiliation;
import im.bastion.host.Host;
import im.bastion.host.HostException;
import im.bastion.host.Occupant;
import im.bastion.host.Role;
import im.bastion.moderation.rule.References;
import im.bastion.moderation.rule.Scopes;
import im.bastion.policy.Mode;
import im.bastion.store.RecordPages;
import im.bastion.store.RecordWriter;
import im.bastion.store.Records;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

/**
 * {@link Sanctions} through the host. Ends are looked for every few seconds by the wall clock: a clock that is set back
 * makes a sanction last longer by as much, one that is set forward ends it early, and neither loses it.
 */
public final class RoomSanctions implements Sanctions, AutoCloseable {
    /** How many can hold at once; what is beyond is refused. */
    public static final int MAX_IN_FORCE = 100_000;

    private static final Logger LOG = LoggerFactory.getLogger(RoomSanctions.class);
    private static final long LOOK_SECONDS = 5;

    private final Host host;
    private final Records records;
    private final RecordWriter writer;
    private final AuditTrail audit;
    private final Clock clock;
    private final Map<String, Sanction> holding = new ConcurrentHashMap<>();
    private final Map<String, Sanction> mutes = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor worker;
    private volatile Consumer<Sanction> imposed = sanction -> {};

    /** Takes up what held before. */
    public RoomSanctions(Host host, Records records, RecordWriter writer, AuditTrail audit, Clock clock) {
        this.host = host;
        this.records = records;
        this.writer = writer;
        this.audit = audit;
        this.clock = clock;
        worker = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "bastion-sanctions");
            thread.setDaemon(true);
            return thread;
        });
        worker.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        worker.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
        worker.execute(this::restore);
        var unused = worker.scheduleWithFixedDelay(this::expire, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    /** Calls the listener for each sanction that is imposed, before anybody is told. */
    public void onImposed(Consumer<Sanction> listener) {
        imposed = listener;
    }

    @Override
    public void impose(Wish wish, Done done) {
        if (worker.isShutdown()) {
            done.told(null, Refused.FAILED);
            return;
        }
        worker.execute(() -> {
            try {
                Refused refused = refusal(wish);
                done.told(refused == null ? imposed(wish) : null, refused);
            } catch (HostException e) {
                LOG.warn("A sanction in {} could not be imposed: {}", wish.room(), e.getMessage());
                done.told(null, Refused.FAILED);
            }
        });
    }

    @Override
    public boolean lift(String sanctionId, String by) {
        Sanction held = holding.get(sanctionId);
        if (held == null || !held.holdsAt(clock.instant())) {
            return false;
        }
        end(held, by, "sanction-lifted");
        return true;
    }

    @Override
    public Sanction muteOf(JID room, JID person) {
        if (mutes.isEmpty()) {
            return null;
        }
        Sanction mute = mutes.get(key(room, person));
        return mute != null && mute.holdsAt(clock.instant()) ? mute : null;
    }

    @Override
    public List<Sanction> latest(JID room, Instant before, int max) {
        try {
            List<Records.Row> rows = room == null
                    ? records.newest(SanctionRecord.KIND, before.toEpochMilli(), max)
                    : records.newest(SanctionRecord.KIND, Scopes.of(room), before.toEpochMilli(), max);
            return rows.stream().map(SanctionRecord::of).toList();
        } catch (SQLException e) {
            throw new HostException("The sanctions could not be read: " + e.getMessage(), e);
        }
    }

    @Override
    public List<Sanction> inForce(JID room) {
        Instant now = clock.instant();
        return holding.values().stream()
                .filter(held ->
                        held.holdsAt(now) && (room == null || held.room().equals(room.asBareJID())))
                .sorted(Comparator.comparing(Sanction::at).reversed())
                .toList();
    }

    /** Stops; what holds goes on holding after the next start. */
    @Override
    public void close() {
        worker.shutdown();
        try {
            if (!worker.awaitTermination(5, TimeUnit.SECONDS)) {
                worker.shutdownNow();
            }
        } catch (InterruptedException e) {
            worker.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private Refused refusal(Wish wish) {
        if (!host.rooms().exists(wish.room())) {
            return Refused.NO_SUCH_ROOM;
        }
        Affiliation affiliation = host.rooms().affiliation(wish.room(), wish.person());
        if (affiliation == Affiliation.OWNER
                && host.rooms().affiliated(wish.room(), Affiliation.OWNER).size() <= 1) {
            return Refused.LAST_OWNER;
        }
        boolean moderates = occupancies(wish).stream().anyMatch(occupant -> occupant.role() == Role.MODERATOR);
        if (affiliation == Affiliation.OWNER
                || affiliation == Affiliation.ADMIN
                || moderates
                || host.users().isAdmin(wish.person())) {
            return Refused.EXEMPT;
        }
        return holding.size() >= MAX_IN_FORCE ? Refused.FAILED : null;
    }

    private Sanction imposed(Wish wish) {
        boolean lasting = wish.kind() == Sanction.Kind.MUTE || wish.kind() == Sanction.Kind.BAN;
        Instant now = clock.instant();
        Sanction sanction = new Sanction(
                References.next(),
                wish.kind(),
                wish.room().asBareJID(),
                wish.person().asBareJID(),
                now,
                lasting && wish.length() != null ? now.plus(wish.length()) : null,
                wish.rule(),
                wish.reference(),
                wish.reason(),
                wish.by(),
                null,
                "");
        imposed.accept(sanction);
        switch (wish.kind()) {
            case WARN, MUTE -> tell(sanction, wish);
            case KICK ->
                occupancies(wish).forEach(occupant -> host.roomActions()
                        .kick(sanction.room(), occupant.realJid(), shown(sanction)));
            case BAN -> host.roomActions().ban(sanction.room(), sanction.person(), shown(sanction));
        }
        if (lasting) {
            hold(sanction);
        }
        writer.put(SanctionRecord.row(sanction));
        audit("sanction-imposed", sanction, sanction.by());
        return sanction;
    }

    private void hold(Sanction sanction) {
        holding.put(sanction.id(), sanction);
        if (sanction.kind() == Sanction.Kind.MUTE) {
            mutes.merge(
                    key(sanction.room(), sanction.person()),
                    sanction,
                    (before, now) -> before.until() == null
                                    || (now.until() != null && before.until().isAfter(now.until()))
                            ? before
                            : now);
        }
    }

    private void end(Sanction held, String by, String action) {
        Sanction ended = new Sanction(
                held.id(),
                held.kind(),
                held.room(),
                held.person(),
                held.at(),
                held.until(),
                held.rule(),
                held.reference(),
                held.reason(),
                held.by(),
                clock.instant(),
                by);
        holding.remove(held.id());
        mutes.remove(key(held.room(), held.person()), held);
        writer.put(SanctionRecord.row(ended));
        audit(action, ended, by);
        boolean banned = held.kind() == Sanction.Kind.BAN
                && host.rooms().exists(held.room())
                && host.rooms().affiliation(held.room(), held.person()) == Affiliation.OUTCAST;
        if (banned && !worker.isShutdown()) {
            worker.execute(() -> unban(held));
        }
    }

    private void unban(Sanction held) {
        try {
            host.roomActions().clearAffiliation(held.room(), held.person());
        } catch (HostException e) {
            LOG.warn("The ban of an account in {} could not be ended: {}", held.room(), e.getMessage());
        }
    }

    private void restore() {
        try {
            int read = RecordPages.read(records, SanctionRecord.KIND, Integer.MAX_VALUE, row -> {
                Sanction sanction = SanctionRecord.of(row);
                boolean lasting = sanction.kind() == Sanction.Kind.MUTE || sanction.kind() == Sanction.Kind.BAN;
                if (lasting && sanction.liftedAt() == null && holding.size() < MAX_IN_FORCE) {
                    // Also what has ended meanwhile: its end is still to be carried out.
                    hold(sanction);
                }
            });
            LOG.debug("{} of {} sanctions taken up", holding.size(), read);
        } catch (SQLException | RuntimeException e) {
            LOG.warn("The sanctions in force could not be read; trying again: {}", e.getMessage());
            if (!worker.isShutdown()) {
                var unused = worker.schedule(this::restore, LOOK_SECONDS, TimeUnit.SECONDS);
            }
        }
    }

    private void expire() {
        try {
            Instant now = clock.instant();
            List<Sanction> over = new ArrayList<>();
            holding.values().stream().filter(held -> !held.holdsAt(now)).forEach(over::add);
            over.forEach(held -> end(held, "bastion", "sanction-expired"));
        } catch (RuntimeException e) {
            LOG.warn("Ended sanctions could not be taken back; trying again: {}", e.toString());
        }
    }

    private void tell(Sanction sanction, Wish wish) {
        for (Occupant occupant : occupancies(wish)) {
            Message message = new Message();
            message.setType(Message.Type.normal);
            message.setFrom(sanction.room());
            message.setTo(occupant.realJid());
            message.setBody(shown(sanction));
            host.stanzas().send(message);
        }
    }

    /** What the person reads. */
    private static String shown(Sanction sanction) {
        String what =
                switch (sanction.kind()) {
                    case WARN -> "This is a warning from the moderation of " + sanction.room();
                    case MUTE -> "You cannot speak in " + sanction.room() + untilWhen(sanction);
                    case KICK -> "You were put out of " + sanction.room();
                    case BAN -> "You are banned from " + sanction.room() + untilWhen(sanction);
                };
        String reference = sanction.reference().isEmpty() ? sanction.id() : sanction.reference();
        return what + ": " + sanction.reason() + " (reference " + reference
                + "). If you think this is a mistake, use the room's command \"Appeal\" or tell a moderator this"
                + " reference.";
    }

    private static String untilWhen(Sanction sanction) {
        return sanction.until() == null ? "" : " until " + sanction.until().truncatedTo(ChronoUnit.SECONDS) + " (UTC)";
    }

    private List<Occupant> occupancies(Wish wish) {
        JID person = wish.person().asBareJID();
        return host.rooms().occupants(wish.room()).stream()
                .filter(occupant -> occupant.realJid().asBareJID().equals(person))
                .toList();
    }

    private void audit(String action, Sanction sanction, String by) {
        audit.record(new AuditEvent(
                clock.instant(),
                "moderation",
                by,
                action,
                sanction.room().toString(),
                sanction.rule(),
                0,
                Mode.ENFORCE,
                "{\"sanction\":\"" + sanction.id() + "\",\"kind\":\"" + sanction.kind() + "\",\"person\":\""
                        + sanction.person() + "\",\"reference\":\"" + sanction.reference() + "\"}"));
    }

    private static String key(JID room, JID person) {
        return room.toBareJID() + ' ' + person.toBareJID();
    }
}
