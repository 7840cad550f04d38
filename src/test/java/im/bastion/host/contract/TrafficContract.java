// SPDX-License-Identifier: Apache-2.0
package im.bastion.host.contract;

import static im.bastion.host.contract.Statement.holds;
import static im.bastion.host.contract.Statement.same;

import im.bastion.host.Point;
import im.bastion.host.ServerSession;
import im.bastion.host.Subscription;
import im.bastion.host.Traffic;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;

/** What {@link Traffic} promises. */
@SuppressWarnings("try") // The subscription matters for its length alone.
final class TrafficContract {
    static final List<Statement> STATEMENTS = List.of(
            new Statement("a stanza that goes on is seen entering, then handled", TrafficContract::goesOn),
            new Statement("a stanza that is stopped is never handled", TrafficContract::stopped),
            new Statement("a closed watcher sees nothing", TrafficContract::closed));

    /** Notes where stanzas of one id were seen. */
    private record Notes(String id, Traffic.Stop stop, List<Point> points) implements Traffic.Watcher {
        private Notes(String id, Traffic.Stop stop) {
            this(id, stop, new CopyOnWriteArrayList<>());
        }

        @Override
        public Traffic.Stop look(Point point, Packet stanza, JID client, ServerSession peer) {
            if (!id.equals(stanza.getID())) {
                return null;
            }
            points.add(point);
            return stop;
        }
    }

    private TrafficContract() {}

    private static void goesOn(HostStage stage) {
        Notes notes = new Notes("contract-goes-on", null);
        try (Subscription watching = stage.host().traffic().watch(notes)) {
            stage.arrive(message(stage, notes.id()));
        }
        same("first", Point.ENTERING, notes.points().get(0));
        holds("it was handled: " + notes.points(), notes.points().contains(Point.HANDLED));
    }

    private static void stopped(HostStage stage) {
        Notes notes = new Notes("contract-stopped", Traffic.Stop.SILENTLY);
        try (Subscription watching = stage.host().traffic().watch(notes)) {
            stage.arrive(message(stage, notes.id()));
        }
        same("the points", List.of(Point.ENTERING), notes.points());
    }

    private static void closed(HostStage stage) {
        Notes notes = new Notes("contract-closed", null);
        Subscription watching = stage.host().traffic().watch(notes);
        watching.close();
        watching.close();
        stage.arrive(message(stage, notes.id()));
        same("the points", List.of(), notes.points());
    }

    private static Message message(HostStage stage, String id) {
        Message message = new Message();
        message.setID(id);
        message.setType(Message.Type.headline);
        message.setFrom(new JID(stage.account("contract-owner") + "/sender"));
        message.setTo(stage.account("contract-user"));
        message.setBody("Contract");
        return message;
    }
}
