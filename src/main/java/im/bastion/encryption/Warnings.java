// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption;

import im.bastion.encryption.rule.End;
import im.bastion.encryption.rule.Finding;
import im.bastion.encryption.rule.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

/**
 * Tells the sender of a message that passed what is wrong with it, once a day (UTC) for each peer. Remembers at most
 * {@link #MAX} senders with their peers; with more nobody else is told that day. Thread-safe, never waits.
 */
final class Warnings {
    static final int MAX = 50_000;

    private static final long DAY_SECONDS = Duration.ofDays(1).toSeconds();

    private record Told(String sender, String peer) {}

    private final Map<Told, Long> told = new ConcurrentHashMap<>();
    private final String server;
    private final Consumer<Message> sending;

    /** @param sending takes the warning and returns at once */
    Warnings(String server, Consumer<Message> sending) {
        this.server = server;
        this.sending = sending;
    }

    void warn(JID sender, End from, End to, Finding finding, Instant now) {
        long today = day(now);
        Told key = new Told(from.address(), to.address());
        Long last = told.get(key);
        if ((last != null && last == today) || (last == null && told.size() >= MAX)) {
            return;
        }
        Long before = told.put(key, today);
        if (before == null || before != today) {
            sending.accept(warning(sender, Words.warning(finding, server, to.address(), now)));
        }
    }

    /** Forgets those told on other days. */
    void forget(Instant now) {
        long today = day(now);
        told.values().removeIf(day -> day != today);
    }

    /** From the server, not from the peer: nobody is to think that the peer has said it. */
    private Message warning(JID to, String words) {
        Message message = new Message();
        message.setType(Message.Type.chat);
        message.setFrom(new JID(server));
        message.setTo(to);
        message.setBody(words);
        // XEP-0334: it is of no use later, nor elsewhere.
        message.addChildElement("no-store", "urn:xmpp:hints");
        return message;
    }

    private static long day(Instant now) {
        return Math.floorDiv(now.getEpochSecond(), DAY_SECONDS);
    }
}
