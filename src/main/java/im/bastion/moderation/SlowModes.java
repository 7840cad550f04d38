// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation;

import im.bastion.host.Host;
import im.bastion.host.HostException;
import im.bastion.moderation.book.RuleBook;
import im.bastion.moderation.limit.SlowModeRule;
import im.bastion.moderation.rule.ActiveRule;
import im.bastion.moderation.rule.Scopes;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.Policies;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

/** The slow modes of rooms as owners see and set them: a rule of type "slow-mode" for that room alone. */
final class SlowModes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SlowModes.class);
    private static final int DIGITS = 12;
    private static final int MAX_WAITING = 100;

    private static final String MUC_USER = "http://jabber.org/protocol/muc#user";

    private final Host host;
    private final Policies policies;
    private final ThreadPoolExecutor worker;
    private final Map<JID, Integer> told = new HashMap<>();
    private boolean knows;
    private volatile Supplier<RuleBook> book;

    SlowModes(Host host, Policies policies, RuleBook empty) {
        this.host = host;
        this.policies = policies;
        this.book = () -> empty;
        worker = new ThreadPoolExecutor(0, 1, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MAX_WAITING), task -> {
            Thread thread = new Thread(task, "bastion-slow-mode");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** From now on looks there. */
    void follow(Supplier<RuleBook> rules) {
        book = rules;
    }

    /** Between two messages of the same account in the room, as far as it is enforced; 0 for no slow mode. */
    int seconds(JID room) {
        return seconds(room, book.get());
    }

    private static int seconds(JID room, RuleBook rules) {
        int longest = 0;
        for (ActiveRule active : rules.rules()) {
            if (active.rule() instanceof SlowModeRule rule
                    && active.mode() == Mode.ENFORCE
                    && active.scope().rooms().covers(room)) {
                longest = Math.max(longest, rule.seconds());
            }
        }
        return longest;
    }

    /** An owner wants it so; stored soon. */
    void set(JID room, int seconds) {
        RuleId rule = new RuleId("moderation.room-" + Scopes.of(room).substring(0, DIGITS) + "-slow-mode");
        String body = "{\"type\":\"slow-mode\",\"rooms\":[\"" + room.toBareJID() + "\"],\"members\":true,\"seconds\":"
                + Math.max(1, seconds) + "}";
        try {
            worker.execute(() -> store(rule, seconds == 0 ? Mode.OFF : Mode.ENFORCE, body, room));
        } catch (RejectedExecutionException e) {
            LOG.warn("Slow mode of {} was not stored: too many are being set", room);
        }
    }

    /** The rules have changed: rooms whose slow mode did are told so soon (XEP-0500, status 104 of XEP-0045 §10.2.1). */
    void changed() {
        // As of now: what comes next would otherwise pass for what was found at the start.
        RuleBook rules = book.get();
        try {
            worker.execute(() -> tell(rules));
        } catch (RejectedExecutionException e) {
            LOG.debug("Rooms are not told of their slow mode: too much waits, or it is the end");
        }
    }

    private void tell(RuleBook rules) {
        boolean any = rules.rules().stream().anyMatch(active -> active.rule() instanceof SlowModeRule);
        List<JID> rooms = any || !told.isEmpty() ? host.rooms().loaded() : List.of();
        told.keySet().retainAll(Set.copyOf(rooms));
        for (JID room : rooms) {
            int now = seconds(room, rules);
            Integer before = now == 0 ? told.remove(room) : told.put(room, now);
            // What is found at the start has not changed.
            if (knows && now != (before == null ? 0 : before)) {
                tell(room);
            }
        }
        knows = true;
    }

    private void tell(JID room) {
        Message changed = new Message();
        changed.setType(Message.Type.groupchat);
        changed.getElement().addElement("x", MUC_USER).addElement("status").addAttribute("code", "104");
        try {
            host.roomActions().broadcast(room, changed);
        } catch (HostException e) {
            LOG.warn("{} was not told of its slow mode: {}", room, e.getMessage());
        }
    }

    @Override
    public void close() {
        worker.shutdown();
    }

    private void store(RuleId rule, Mode mode, String body, JID room) {
        try {
            var stored = policies.change(rule, mode, body, room.toBareJID());
            LOG.debug("Slow mode of {} is version {}", room, stored.version());
        } catch (SQLException | IllegalArgumentException e) {
            LOG.warn("Slow mode of {} was not stored: {}", room, e.getMessage());
        }
    }
}
