// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.desk;

import com.google.gson.JsonObject;
import im.bastion.audit.AuditEvent;
import im.bastion.audit.AuditTrail;
import im.bastion.host.HostException;
import im.bastion.moderation.desk.Case.Kind;
import im.bastion.moderation.desk.Case.State;
import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.event.RoomText;
import im.bastion.moderation.rule.Evidence;
import im.bastion.moderation.rule.Hit;
import im.bastion.moderation.rule.References;
import im.bastion.moderation.rule.Remedy;
import im.bastion.policy.Mode;
import im.bastion.store.RecordWriter;
import im.bastion.store.Records;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.xmpp.packet.JID;

/**
 * {@link Cases} in the database. What a rule finds against the same person in the same room within ten minutes is one case
 * that counts: a flood makes one row and a handful of audit entries. The last {@link #MAX_RECENT} are also in memory.
 */
public final class CaseBook implements Cases {
    /** How many cases are remembered in memory. */
    public static final int MAX_RECENT = 5_000;

    private static final Duration TOGETHER = Duration.ofMinutes(10);
    private static final int MAX_EXCERPT = 500;
    private static final int MAX_APPEAL = 1_000;

    /** What follows when somebody decides. */
    public interface Decisions {
        /** What followed from the case is to be undone. */
        void overturned(Case decided, String by);

        /** Somebody appeals. */
        void appealed(Case about);
    }

    private final Records records;
    private final RecordWriter writer;
    private final AuditTrail audit;
    private final Clock clock;
    private final UnaryOperator<String> seal;
    private final UnaryOperator<String> unseal;
    private final Decisions decisions;
    private final List<Consumer<Case>> openings = new CopyOnWriteArrayList<>();
    private final Map<String, String> together = bounded();
    private final Map<String, Case> recent = bounded();

    public CaseBook(
            Records records,
            RecordWriter writer,
            AuditTrail audit,
            Clock clock,
            UnaryOperator<String> seal,
            UnaryOperator<String> unseal,
            Decisions decisions) {
        this.records = records;
        this.writer = writer;
        this.audit = audit;
        this.clock = clock;
        this.seal = seal;
        this.unseal = unseal;
        this.decisions = decisions;
    }

    /** Calls the listener for each new case, on whatever thread filed it. */
    public void onOpened(Consumer<Case> listener) {
        openings.add(listener);
    }

    /** Files what a rule found; answers the case's reference. Never blocks on the database. */
    public String file(RoomEvent event, Hit hit, Mode mode) {
        Instant now = Instant.ofEpochMilli(event.atMillis());
        String alike = event.room() + " " + event.sender().asBareJID() + ' '
                + hit.active().id() + ' ' + mode;
        Case filed;
        synchronized (this) {
            String known = together.get(alike);
            Case before = known == null ? null : recent.get(known);
            boolean joins = before != null
                    && before.state() == State.FILED
                    && Duration.between(before.openedAt(), now).compareTo(TOGETHER) < 0;
            filed = joins ? before.again(now) : opened(event, hit, mode, now);
            together.put(alike, filed.reference());
            recent.put(filed.reference(), filed);
        }
        // 1, 10, 100, …: a flood is not to flood the log.
        if (isRound(filed.count())) {
            audit.record(event(filed, event, hit, now));
        }
        put(filed);
        if (filed.count() == 1) {
            openings.forEach(listener -> listener.accept(filed));
        }
        return filed.reference();
    }

    /** Opens a case that no rule made. */
    public Case open(Case opened) {
        keep(opened);
        openings.forEach(listener -> listener.accept(opened));
        return opened;
    }

    /** Counts another report in with an open case. */
    public void again(Case about, Instant at) {
        keep(about.again(at));
    }

    @Override
    public Optional<Case> find(String reference) {
        String spelled = References.read(reference);
        if (spelled.isEmpty()) {
            return Optional.empty();
        }
        synchronized (this) {
            Case known = recent.get(spelled);
            if (known != null) {
                return Optional.of(known);
            }
        }
        return read(() -> records.get(CaseRecord.KIND, spelled)).map(row -> CaseRecord.of(row, unseal));
    }

    @Override
    public List<Case> latest(JID room, State state, Instant before, int max) {
        String kind = state == State.OPEN ? CaseRecord.OPEN : CaseRecord.KIND;
        List<Case> found = new ArrayList<>();
        long from = before.toEpochMilli();
        for (int pages = 0; pages < 5 && found.size() < max; pages++) {
            long at = from;
            List<Records.Row> rows = read(() -> room == null
                    ? records.newest(kind, at, Records.MAX_PAGE)
                    : records.newest(kind, CaseRecord.scope(room), at, Records.MAX_PAGE));
            for (Records.Row row : rows) {
                Optional<Case> kept = kind.equals(CaseRecord.KIND) ? Optional.of(asOfNow(row)) : find(row.id());
                kept.filter(c -> state == null || c.state() == state)
                        .filter(c -> found.size() < max)
                        .ifPresent(found::add);
            }
            if (rows.size() < Records.MAX_PAGE) {
                break;
            }
            from = rows.get(rows.size() - 1).at();
        }
        return found;
    }

    @Override
    public int open() {
        return (int) (long) read(() -> records.count(CaseRecord.OPEN));
    }

    @Override
    public boolean resolve(String reference, State decision, String by) {
        Optional<Case> found = find(reference);
        if (found.isEmpty() || found.get().state() == decision) {
            return found.isPresent();
        }
        Case decided = found.get().in(decision, by, clock.instant());
        keep(decided);
        if (decision == State.OVERTURNED) {
            decisions.overturned(decided, by);
        }
        audit("case-" + decision.name().toLowerCase(Locale.ROOT), decided, by);
        return true;
    }

    @Override
    public boolean appeal(String reference, JID person, String words) {
        Optional<Case> found = find(reference)
                .filter(about -> person.asBareJID().equals(about.person()))
                .filter(about -> about.appeal().isEmpty());
        found.ifPresent(about -> {
            String kept = words.substring(0, Math.min(words.length(), MAX_APPEAL));
            keep(about.appealed(kept.isBlank() ? "(no words)" : kept, clock.instant()));
            decisions.appealed(about);
            audit("case-appealed", about, person.toBareJID());
        });
        return found.isPresent();
    }

    /** As it is, also while its last change is still on its way into the database. */
    private Case asOfNow(Records.Row row) {
        synchronized (this) {
            Case known = recent.get(row.id());
            if (known != null) {
                return known;
            }
        }
        return CaseRecord.of(row, unseal);
    }

    private void keep(Case changed) {
        synchronized (this) {
            recent.put(changed.reference(), changed);
        }
        put(changed);
    }

    private void put(Case kept) {
        writer.put(CaseRecord.row(kept, seal));
        if (kept.state() == State.OPEN) {
            writer.put(CaseRecord.openRow(kept));
        } else if (kept.state() == State.UPHELD || kept.state() == State.OVERTURNED) {
            boolean unused = read(() -> records.delete(CaseRecord.OPEN, kept.reference()));
        }
    }

    private Case opened(RoomEvent event, Hit hit, Mode mode, Instant now) {
        boolean asks = hit.finding().remedy() instanceof Remedy.Report;
        return new Case(
                References.next(),
                hit.finding().earlier().isEmpty() ? Kind.RULE : Kind.WAVE,
                asks ? State.OPEN : State.FILED,
                event.room(),
                event.sender().asBareJID(),
                hit.nickname().isEmpty() ? event.nickname() : hit.nickname(),
                hit.active().id(),
                hit.active().version(),
                mode,
                1,
                now,
                now,
                word(event.kind()) + ": " + hit.claim() + " ("
                        + where(hit.finding().evidence()) + ")",
                excerpt(event, hit.finding().evidence()),
                "",
                "",
                "");
    }

    /** What was said around the evidence; nothing of what is encrypted. */
    private static String excerpt(RoomEvent event, Evidence evidence) {
        if (event.shape().isEncrypted()) {
            return "";
        }
        for (RoomText text : event.texts()) {
            if (evidence.part() == null || evidence.part() == text.part()) {
                String original = text.original();
                int begin = Math.max(0, Math.min(evidence.begin(), original.length()) - MAX_EXCERPT / 2);
                return original.substring(begin, Math.min(original.length(), begin + MAX_EXCERPT));
            }
        }
        return "";
    }

    private static String where(Evidence evidence) {
        return evidence.part() == null ? evidence.fingerprint() : word(evidence.part()) + ", entry " + evidence.entry();
    }

    private static AuditEvent event(Case filed, RoomEvent event, Hit hit, Instant now) {
        Evidence evidence = hit.finding().evidence();
        JsonObject detail = new JsonObject();
        detail.addProperty("reference", filed.reference());
        detail.addProperty("count", filed.count());
        detail.addProperty("kind", word(event.kind()));
        detail.addProperty("part", evidence.part() == null ? "event" : word(evidence.part()));
        detail.addProperty("entry", evidence.entry());
        detail.addProperty("fingerprint", evidence.fingerprint());
        detail.addProperty("nickname", filed.nickname());
        return new AuditEvent(
                now,
                "moderation",
                event.sender().toBareJID(),
                action(hit.finding().remedy()),
                event.room().toString(),
                hit.active().id(),
                hit.active().version(),
                filed.mode(),
                detail.toString());
    }

    private static String action(Remedy remedy) {
        if (remedy instanceof Remedy.Hold) {
            return "message-held";
        }
        return remedy instanceof Remedy.Report ? "message-reported" : "message-refused";
    }

    private void audit(String action, Case about, String by) {
        audit.record(new AuditEvent(
                clock.instant(),
                "moderation",
                by,
                action,
                about.room() == null ? "" : about.room().toString(),
                about.rule(),
                about.ruleVersion(),
                Mode.ENFORCE,
                "{\"reference\":\"" + about.reference() + "\"}"));
    }

    private static boolean isRound(int count) {
        int rest = count;
        while (rest % 10 == 0) {
            rest /= 10;
        }
        return rest == 1;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private interface Reading<T> {
        T read() throws SQLException;
    }

    private static <T> T read(Reading<T> reading) {
        try {
            return reading.read();
        } catch (SQLException e) {
            throw new HostException("The cases cannot be reached: " + e.getMessage(), e);
        }
    }

    private static <V> Map<String, V> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > MAX_RECENT;
            }
        };
    }
}
