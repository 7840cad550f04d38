// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.rule;

import com.google.gson.JsonParser;
import im.bastion.host.memory.MemoryHost;
import im.bastion.host.memory.MemoryRooms;
import im.bastion.host.memory.MemoryUsers;
import im.bastion.moderation.event.Acquaintances;
import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.event.RoomEvents;
import im.bastion.moderation.event.Senders;
import java.util.concurrent.TimeUnit;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;

/** A room, a stranger and a clock that only the test moves, for judging by one rule. */
public final class RuleStage {
    /** The room. */
    public static final JID DEN = new JID("den", MemoryRooms.SERVICE, null);
    /** Somebody of another server. */
    public static final JID KIM = new JID("kim@away.example/phone");

    public final MemoryRooms rooms = new MemoryRooms();
    public final MemoryUsers users = new MemoryUsers();
    private Acquaintances acquaintances = Acquaintances.NONE;
    private long key;
    private long millis = 1_700_000_000_000L;

    public RuleStage() {
        rooms.create("den", new JID("owner", MemoryHost.DOMAIN, null));
        rooms.enter(DEN, KIM, "Kim");
    }

    /** Reads a definition; single quotes may stand for double ones. */
    public static ModerationRule rule(RuleType type, String definition) throws BrokenDefinition {
        return type.reader().read(definition(definition));
    }

    /** A definition; single quotes may stand for double ones. */
    public static Definition definition(String json) {
        return new Definition(JsonParser.parseString(json.replace('\'', '"')).getAsJsonObject());
    }

    /** Time goes on. */
    public RuleStage after(long moreMillis) {
        millis += moreMillis;
        return this;
    }

    /** From now on people are known as it says. */
    public void know(Acquaintances known) {
        acquaintances = known;
    }

    /** The time, in milliseconds since the epoch. */
    public long now() {
        return millis;
    }

    /** The event of a stanza to the den. */
    public RoomEvent event(JID sender, Packet stanza) {
        if (stanza.getTo() == null) {
            stanza.setTo(DEN);
        }
        return RoomEvents.of(++key, stanza, sender, stanza.getTo(), millis, TimeUnit.MILLISECONDS.toNanos(millis));
    }

    /** What the rule says when the sender says this in the den. */
    public RuleOutcome say(ModerationRule rule, JID sender, String body) {
        Message message = new Message();
        message.setType(Message.Type.groupchat);
        message.setBody(body);
        return judge(rule, event(sender, message));
    }

    /** What the rule says of the event. */
    public RuleOutcome judge(ModerationRule rule, RoomEvent event) {
        return rule.judge(event, senders().of(event));
    }

    /** Where this stage's senders are looked up. */
    public Senders senders() {
        return new Senders(rooms, users, MemoryHost.DOMAIN, acquaintances);
    }
}
