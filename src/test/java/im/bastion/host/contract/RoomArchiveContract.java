// SPDX-License-Identifier: Apache-2.0
package im.bastion.host.contract;

import static im.bastion.host.contract.Statement.holds;
import static im.bastion.host.contract.Statement.same;

import im.bastion.host.RoomArchive;
import im.bastion.host.RoomArchive.Logged;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

/** What {@link RoomArchive} promises. */
final class RoomArchiveContract {
    static final List<Statement> STATEMENTS = List.of(
            new Statement("what is said is in the live history", RoomArchiveContract::live),
            new Statement("what the live history is given in its place stays there", RoomArchiveContract::rewriteLive),
            new Statement("what the room adds is at the end of the live history", RoomArchiveContract::appendLive),
            new Statement("what is said is logged, and can be rewritten there", RoomArchiveContract::rewrite),
            new Statement("what the room adds is logged", RoomArchiveContract::append));

    private static final String MARK = "urn:bastion:contract";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private RoomArchiveContract() {}

    private static void live(HostStage stage) {
        JID room = room(stage);
        String body = say(stage, room);
        holds("it is there", bodies(stage, room).contains(body));
    }

    private static void rewriteLive(HostStage stage) {
        JID room = room(stage);
        String body = say(stage, room);
        String kept = say(stage, room);
        int changed =
                archive(stage).rewriteLive(room, message -> body.equals(message.getBody()) ? marked(message) : message);
        same("how many were replaced", 1, changed);
        holds("the words are gone", !bodies(stage, room).contains(body));
        holds("another message is as it was", bodies(stage, room).contains(kept));
        List<Message> marked = messages(stage, room).stream()
                .filter(message -> message.getElement().element("marked") != null)
                .toList();
        holds("the replacement is there", !marked.isEmpty());
        same("its time", true, marked.get(marked.size() - 1).getElement().element("delay") != null);
    }

    private static void appendLive(HostStage stage) {
        JID room = room(stage);
        say(stage, room);
        Message message = new Message();
        message.setType(Message.Type.groupchat);
        message.setBody("appended " + UUID.randomUUID());
        message.getElement().addElement("marked", MARK);
        archive(stage).appendLive(room, message, Instant.now());
        List<Message> all = messages(stage, room);
        Message last = all.get(all.size() - 1);
        same("the last words", message.getBody(), last.getBody());
        same("who said them", room, last.getFrom());
        holds("its payload is there", last.getElement().element("marked") != null);
    }

    private static void rewrite(HostStage stage) {
        JID room = room(stage);
        String body = say(stage, room);
        Logged row = logged(stage, room, body);
        same("the sender", stage.account("contract-owner"), row.sender().asBareJID());
        same("the room", room, row.room());
        same("the nickname", "Archivist", row.nickname());
        holds("it is rewritten", archive(stage).rewrite(row, marked(row.message())));
        Logged after = recent(stage, room).stream()
                .filter(other -> other.key().equals(row.key()))
                .findFirst()
                .orElseThrow();
        holds("the words are gone", after.message().getBody() == null);
        holds("the replacement is there", after.message().getElement().element("marked") != null);
        same("the time is the same", row.at(), after.at());
    }

    private static void append(HostStage stage) {
        JID room = room(stage);
        Message message = new Message();
        message.setType(Message.Type.groupchat);
        message.setBody("logged " + UUID.randomUUID());
        archive(stage).append(room, message);
        same("the nickname", "", logged(stage, room, message.getBody()).nickname());
    }

    private static Message marked(Message message) {
        Message copy = message.createCopy();
        copy.getElement().remove(copy.getElement().element("body"));
        copy.getElement().addElement("marked", MARK);
        return copy;
    }

    private static List<String> bodies(HostStage stage, JID room) {
        return messages(stage, room).stream().map(Message::getBody).toList();
    }

    private static List<Message> messages(HostStage stage, JID room) {
        List<Message> all = new ArrayList<>();
        int changed = archive(stage).rewriteLive(room, message -> {
            all.add(message);
            return message;
        });
        same("how many were replaced by looking", 0, changed);
        return all;
    }

    /** Hosts write with a delay of their own. */
    private static Logged logged(HostStage stage, JID room, String body) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            stage.writeLogs();
            for (Logged row : recent(stage, room)) {
                if (body.equals(row.message().getBody())) {
                    return row;
                }
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        throw new AssertionError("It was not logged");
    }

    private static List<Logged> recent(HostStage stage, JID room) {
        Instant now = Instant.now();
        return archive(stage).logged(room, now.minusSeconds(3_600), now.plusSeconds(60), 1_000);
    }

    private static String say(HostStage stage, JID room) {
        JID owner = new JID(stage.account("contract-owner") + "/archivist");
        if (stage.host().rooms().occupants(room, owner).isEmpty()) {
            stage.enter(room, owner, "Archivist");
        }
        String body = "said " + UUID.randomUUID();
        Message message = new Message();
        message.setType(Message.Type.groupchat);
        message.setFrom(owner);
        message.setTo(room);
        message.setBody(body);
        stage.say(message);
        return body;
    }

    private static RoomArchive archive(HostStage stage) {
        return stage.host().roomArchive();
    }

    private static JID room(HostStage stage) {
        return stage.room("contract-archive", stage.account("contract-owner"));
    }
}
