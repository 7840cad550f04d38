// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.archive;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.audit.AuditEvent;
import im.bastion.host.RoomArchive.Logged;
import im.bastion.host.StanzaXml;
import im.bastion.host.memory.MemoryHost;
import im.bastion.moderation.archive.Retractions.Actor;
import im.bastion.moderation.archive.Retractions.Done;
import im.bastion.moderation.archive.Retractions.Outcome;
import im.bastion.moderation.archive.Retractions.Retraction;
import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.rule.RuleStage;
import im.bastion.store.MemoryRecords;
import im.bastion.store.Records;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

/** A room with a log that lags behind, and retractions whose outcome is waited for. */
final class ArchiveStage implements AutoCloseable {
    /** Finer than what is kept. */
    static final Instant NOW = Instant.ofEpochSecond(1_700_000_000L, 123_456_789);

    static final JID KIM = RuleStage.KIM;
    static final JID SAM = new JID("sam@away.example/desk");
    static final Actor BASTION = new Actor(null, "bastion", "case-1");

    final MemoryHost host = new MemoryHost();
    final JID owner = host.users().register("owner");
    final JID den = host.rooms().create("den", owner);
    final List<AuditEvent> audit = new CopyOnWriteArrayList<>();
    final RoomIds ids = new RoomIds(host.properties(), host.rooms());
    Records records = new MemoryRecords();
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    volatile boolean hideModerators = true;
    PassedEvents passed = new PassedEvents();
    RoomRetractions retractions;
    private final RuleStage events = new RuleStage();
    private int said;
    private long lastKey;

    /** What became of one call. */
    record Told(Outcome outcome, List<Retraction> retractions) {
        String id() {
            return retractions.get(0).id();
        }
    }

    ArchiveStage() {
        restart();
    }

    /** A new instance; memory is lost, the database is not. */
    void restart() {
        if (retractions != null) {
            retractions.close();
        }
        passed = new PassedEvents();
        retractions = new RoomRetractions(
                host,
                passed,
                ids,
                new Seal(host.properties()),
                records,
                audit::add,
                clock,
                () -> hideModerators,
                Duration.ofDays(30));
    }

    @Override
    public void close() {
        retractions.close();
        host.close();
    }

    /** Says it in the den, through Bastion, and answers the stanza-id. */
    String say(JID sender, String nickname, String body) {
        return say(sender, nickname, "m" + ++said, "<body>" + body + "</body>");
    }

    /** The same with any children. */
    String say(JID sender, String nickname, String id, String children) {
        return RoomIds.stanzaId(message(sender, nickname, id, children, true).getElement(), den.toString());
    }

    /** Says it while Bastion only stamps, as before a restart. */
    String sayUnremembered(JID sender, String nickname, String body) {
        return RoomIds.stanzaId(
                message(sender, nickname, "m" + ++said, "<body>" + body + "</body>", false)
                        .getElement(),
                den.toString());
    }

    /** The key of what was let through last. */
    long lastKey() {
        return lastKey;
    }

    Told retract(String stanzaId) {
        return retract(stanzaId, BASTION);
    }

    Told retract(String stanzaId, Actor by) {
        return told(done -> retractions.retract(den, stanzaId, by, "spam", done));
    }

    Told undo(String id) {
        return told(done -> retractions.undo(id, BASTION, done));
    }

    static Told told(Consumer<Done> call) {
        CompletableFuture<Told> told = new CompletableFuture<>();
        call.accept((outcome, made) -> told.complete(new Told(outcome, List.copyOf(made))));
        return told.orTimeout(10, TimeUnit.SECONDS).join();
    }

    /** The live history as XML, oldest first. */
    List<String> live() {
        return host.roomArchive().history(den).stream().map(Message::toXML).toList();
    }

    /** The log's rows of that stanza-id as XML. */
    List<String> logged(String stanzaId) {
        return rows().stream()
                .map(Logged::message)
                .filter(message -> Originals.isOf(message, den, stanzaId))
                .map(Message::toXML)
                .toList();
    }

    /** Everything a joiner, the log and those inside see, as one text. */
    String everything() {
        return live() + " " + rows().stream().map(row -> row.message().toXML()).toList() + " " + announced();
    }

    List<Message> announced() {
        return host.roomActions().broadcast();
    }

    List<String> audited() {
        return audit.stream().map(event -> event.action() + " " + event.actor()).toList();
    }

    private List<Logged> rows() {
        return host.roomArchive().logged(den, Instant.EPOCH, Instant.MAX, 10_000);
    }

    private Message message(JID sender, String nickname, String id, String children, boolean remembered) {
        Message message =
                new Message(StanzaXml.parse("<message type='groupchat' id='" + id + "'>" + children + "</message>"));
        message.setTo(den);
        ids.stamp(message, den, sender);
        String stanzaId = RoomIds.stanzaId(message.getElement(), den.toString());
        assertThat(stanzaId).isNotEmpty();
        if (remembered) {
            RoomEvent event = events.event(sender, message);
            lastKey = event.key();
            passed.passed(event, stanzaId);
        }
        message.setFrom(new JID(den.getNode(), den.getDomain(), nickname));
        host.roomArchive().say(den, sender, nickname, NOW, message);
        return message;
    }
}
