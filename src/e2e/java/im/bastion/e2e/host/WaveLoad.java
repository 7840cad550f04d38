// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.host;

import im.bastion.e2e.server.inside.InsideTask;
import im.bastion.host.Affiliation;
import im.bastion.host.Host;
import im.bastion.host.StanzaXml;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

/**
 * A wave inside the running server: 200 accounts, 5 messages each, in 20 rooms, while a member of each room talks on.
 * Answers "reached R left L cleaned C ms p50 A ms p99 B ms of M": how many of the 1,000 a room saw, how many of these were
 * still to be read in the end, how long after the last message that took, and how long the members' messages took to be
 * handled, delivery to the occupants included.
 */
public final class WaveLoad implements InsideTask {
    private static final int ROOMS = 20;
    private static final int ACCOUNTS = 200;
    private static final int EACH = 5;
    private static final String SPAM = "Win a thousand dollars at our new casino tonight, no deposit, no risk";
    private static final String SIGN = "<body>Win";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    public String run(String... arguments) {
        Host host = BoundHost.now();
        OpenfireStage stage = new OpenfireStage(host);
        JID owner = stage.account("contract-owner");
        List<JID> rooms = new ArrayList<>();
        List<JID> members = new ArrayList<>();
        for (int i = 0; i < ROOMS; i++) {
            JID room = stage.room("wave" + i, owner);
            JID member = new JID(stage.account("wave-member" + i) + "/x");
            stage.affiliate(room, member, Affiliation.MEMBER);
            stage.enter(room, member, "Member");
            rooms.add(room);
            members.add(member);
        }
        for (int i = 0; i < ACCOUNTS; i++) {
            stage.enter(rooms.get(i % ROOMS), spammer(stage, i), "S" + i);
        }
        List<Double> millis = new ArrayList<>();
        for (int k = 0; k < ACCOUNTS * EACH; k++) {
            int i = k % ACCOUNTS;
            stage.arrive(message(rooms.get(i % ROOMS), spammer(stage, i), SPAM + " " + k));
            long begin = System.nanoTime();
            stage.arrive(message(rooms.get(k % ROOMS), members.get(k % ROOMS), "A member's own words, number " + k));
            millis.add((System.nanoTime() - begin) / 1e6);
        }
        long begin = System.nanoTime();
        int left = left(stage, rooms);
        while (left > 0 && System.nanoTime() - begin < PATIENCE.toNanos()) {
            LockSupport.parkNanos(5_000_000);
            left = left(stage, rooms);
        }
        double cleaned = (System.nanoTime() - begin) / 1e6;
        double[] sorted =
                millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return "reached %d left %d cleaned %.0f ms p50 %.2f ms p99 %.2f ms of %d"
                .formatted(
                        logged(stage, rooms, "<retracted ") + left,
                        left,
                        cleaned,
                        sorted[sorted.length / 2],
                        sorted[sorted.length * 99 / 100],
                        sorted.length);
    }

    /** How many of the wave can still be read, by who joins and by who reads the log. */
    private static int left(OpenfireStage stage, List<JID> rooms) {
        AtomicInteger live = new AtomicInteger();
        for (JID room : rooms) {
            int none = stage.host().roomArchive().rewriteLive(room, message -> {
                if (message.toXML().contains(SIGN)) {
                    live.incrementAndGet();
                }
                return message;
            });
            live.addAndGet(none);
        }
        return live.get() + logged(stage, rooms, SIGN);
    }

    private static int logged(OpenfireStage stage, List<JID> rooms, String sign) {
        int found = 0;
        for (JID room : rooms) {
            stage.writeLogs();
            Instant now = Instant.now();
            found += (int)
                    stage.host().roomArchive().logged(room, now.minusSeconds(600), now.plusSeconds(60), 1_000).stream()
                            .filter(row -> row.message().toXML().contains(sign))
                            .count();
        }
        return found;
    }

    private static JID spammer(OpenfireStage stage, int i) {
        return new JID(stage.account("wave-spammer" + i) + "/x");
    }

    private static Message message(JID room, JID sender, String body) {
        return new Message(
                StanzaXml.parse("<message type='groupchat' from='" + sender + "' to='" + room + "'><body>" + body
                        + "</body></message>"),
                true);
    }
}
