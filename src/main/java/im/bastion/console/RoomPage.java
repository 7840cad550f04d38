// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.host.Affiliation;
import im.bastion.host.Occupant;
import im.bastion.host.Rooms;
import im.bastion.moderation.ModerationServices;
import im.bastion.moderation.rule.ActiveRule;
import im.bastion.moderation.statistics.Counts;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.xmpp.packet.JID;

/** One room: who is in it, what holds there, what was found there lately, and what can be done. */
final class RoomPage extends Page {
    private static final long serialVersionUID = 1L;
    private static final int LATEST = 10;
    private static final int HOURS = 24;

    RoomPage(ConsoleModel model, Presentation presentation) {
        super("room", "rooms", model, presentation);
    }

    @Override
    RoomView view(Frame frame, Form refused) {
        JID room = room(frame.query());
        ModerationServices moderation = model().moderation();
        if (moderation == null || room == null || !model().host().rooms().exists(room)) {
            return RoomView.nothing(frame);
        }
        Rooms rooms = model().host().rooms();
        Instant now = model().clock().instant();
        List<Occupant> occupants = rooms.occupants(room).stream()
                .sorted(Comparator.comparing(Occupant::role)
                        .thenComparing(occupant -> occupant.roomJid().getResource()))
                .toList();
        return new RoomView(
                frame,
                new RoomBoard(rooms, moderation, now).line(room),
                Paged.of(occupants, frame.query()),
                rooms.affiliated(room, Affiliation.OWNER),
                rules(moderation, room),
                moderation.holds().waiting(room).stream().limit(Paged.SIZE).toList(),
                moderation.sanctions().inForce(room).stream().limit(Paged.SIZE).toList(),
                Reading.orNull(() -> moderation.cases().latest(room, null, now.plusSeconds(60), LATEST)),
                chart(frame, moderation, room, now));
    }

    @Override
    Outcome act(Form form, Submitter by) {
        return new ModerationAct(model()).apply(form, by);
    }

    private static List<ActiveRule> rules(ModerationServices moderation, JID room) {
        return moderation.book().get().rules().stream()
                .filter(rule -> rule.scope().rooms().covers(room))
                .toList();
    }

    private static Chart chart(Frame frame, ModerationServices moderation, JID room, Instant now) {
        Instant first = now.truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(HOURS - 1L));
        SortedMap<Instant, Map<String, Counts>> hours =
                moderation.statistics().byRoom().hours(first);
        List<Integer> findings = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < HOURS; i++) {
            Instant hour = first.plus(Duration.ofHours(i));
            findings.add(hours.getOrDefault(hour, Map.of())
                    .getOrDefault(room.toString(), Counts.NONE)
                    .findings());
            labels.add(frame.times().hour(hour));
        }
        Texts t = frame.texts();
        return new Chart(
                "room",
                t.text("bastion.room.chart"),
                t.text("bastion.statistics.by-hour", frame.times().zoneName()),
                labels,
                List.of(new Chart.Series(t.text("bastion.statistics.findings"), findings)));
    }

    private static JID room(Query query) {
        try {
            JID room = new JID(query.text("room"));
            return room.getNode() == null ? null : room.asBareJID();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
