// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation;

import im.bastion.moderation.book.RuleBook;
import im.bastion.moderation.limit.SlowModeRule;
import im.bastion.moderation.rule.ActiveRule;
import im.bastion.moderation.rule.Scopes;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.Policies;
import java.sql.SQLException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.JID;

/** The slow modes of rooms as owners see and set them: a rule of type "slow-mode" for that room alone. */
final class SlowModes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SlowModes.class);
    private static final int DIGITS = 12;
    private static final int MAX_WAITING = 100;

    private final Policies policies;
    private final ThreadPoolExecutor worker;
    private volatile Supplier<RuleBook> book;

    SlowModes(Policies policies, RuleBook empty) {
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
        int longest = 0;
        for (ActiveRule active : book.get().rules()) {
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
