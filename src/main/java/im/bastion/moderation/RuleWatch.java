// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation;

import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.event.Sender;
import im.bastion.moderation.rule.ActiveRule;
import im.bastion.moderation.rule.RuleOutcome;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the rules while they judge. A rule that fails, or takes more than {@link #BUDGET} for one event, {@link
 * #PATIENCE} times within {@link #WINDOW}, is switched off until it is defined anew; one that people overrule too often
 * is put back to observing. Either is reported once. Safe for any thread.
 *
 * <p>A rule that was over its budget once by the wall clock is timed by the processor's from then on, so that a machine
 * that is busy with other things takes no rule down.
 */
public final class RuleWatch {
    /** What one rule may take for one event: processor time. */
    public static final Duration BUDGET = Duration.ofMillis(20);
    /** The same by the wall clock, for a rule that waits instead of working. */
    public static final Duration STALL = Duration.ofSeconds(1);
    /** How often a rule may go wrong within {@link #WINDOW}. */
    public static final int PATIENCE = 5;
    /** See {@link #PATIENCE}. */
    public static final Duration WINDOW = Duration.ofMinutes(10);

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Logger LOG = LoggerFactory.getLogger(RuleWatch.class);

    /**
     * Why a rule does not do what it is defined to do.
     *
     * @param version of its definition: a newer one begins with a clean slate
     * @param mode what is left of it: OFF or OBSERVE
     * @param why in words for the admin
     */
    public record Suspension(RuleId rule, int version, Mode mode, String why) {}

    /** What went wrong lately with one version of one rule. */
    private record Lapses(int version, long firstNanos, int count) {}

    private final Map<RuleId, Suspension> suspensions = new ConcurrentHashMap<>();
    private final Map<RuleId, Lapses> lapses = new ConcurrentHashMap<>();
    private final List<Consumer<Suspension>> listeners = new CopyOnWriteArrayList<>();

    /** Calls the listener once for each suspension, on whatever thread caused it. */
    public void onSuspension(Consumer<Suspension> listener) {
        listeners.add(listener);
    }

    /** The suspensions that hold. */
    public List<Suspension> suspensions() {
        return List.copyOf(suspensions.values());
    }

    /** How far the rule may go. */
    Mode modeOf(ActiveRule active) {
        if (suspensions.isEmpty()) {
            return active.mode();
        }
        Suspension suspension = suspensions.get(active.id());
        return suspension == null || suspension.version() != active.version()
                ? active.mode()
                : active.mode().within(suspension.mode());
    }

    /** What the rule says; nothing when it fails. */
    RuleOutcome judge(ActiveRule active, RoomEvent event, Sender sender) {
        boolean suspected = !lapses.isEmpty() && lapses.containsKey(active.id());
        long worked = suspected ? workedNanos() : 0;
        long begin = System.nanoTime();
        try {
            RuleOutcome outcome = active.rule().judge(event, sender);
            long nanos = System.nanoTime() - begin;
            if (nanos > BUDGET.toNanos()
                    && (!suspected || nanos > STALL.toNanos() || workedNanos() - worked > BUDGET.toNanos())) {
                lapsed(active, begin, "it took " + nanos / 1_000_000 + " ms for one event", null);
            }
            return outcome;
        } catch (RuntimeException | StackOverflowError e) {
            lapsed(active, begin, "it failed with " + e.getClass().getSimpleName(), e);
            return RuleOutcome.NOT_APPLICABLE;
        }
    }

    /** What the processor did for this thread so far. */
    private static long workedNanos() {
        return THREADS.isCurrentThreadCpuTimeSupported() ? THREADS.getCurrentThreadCpuTime() : System.nanoTime();
    }

    /** Puts the rule back to observing, or off. */
    public void suspend(RuleId rule, int version, Mode mode, String why) {
        Suspension suspension = new Suspension(rule, version, mode, why);
        Suspension before = suspensions.put(rule, suspension);
        if (before == null || before.version() != version || before.mode() != mode) {
            LOG.warn("Rule {} version {} is suspended to {}: {}", rule, version, mode, why);
            listeners.forEach(listener -> listener.accept(suspension));
        }
    }

    private void lapsed(ActiveRule active, long now, String what, Throwable cause) {
        Lapses counted = lapses.compute(active.id(), (id, before) -> {
            boolean afresh = before == null
                    || before.version() != active.version()
                    || now - before.firstNanos() > WINDOW.toNanos();
            return afresh
                    ? new Lapses(active.version(), now, 1)
                    : new Lapses(before.version(), before.firstNanos(), before.count() + 1);
        });
        if (counted.count() == 1) {
            LOG.warn("Rule {}: {}", active.id(), what, cause);
        }
        if (counted.count() >= PATIENCE) {
            suspend(
                    active.id(),
                    active.version(),
                    Mode.OFF,
                    what + ", the " + PATIENCE + "th time within " + WINDOW.toMinutes()
                            + " minutes; define it anew to switch it on again");
        }
    }
}
