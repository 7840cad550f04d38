// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.metric.Health;
import im.bastion.policy.Mode;
import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A guard on the overview.
 *
 * @param setting the property behind the mode
 * @param state the worst of its parts; null when it has reported nothing
 * @param counts since the start of Bastion: those with a label, and others that are not 0
 * @param page the guard's own page, or null
 */
public record GuardCard(
        String name,
        Mode mode,
        String setting,
        Health.State state,
        List<Health.Report> reports,
        List<Count> counts,
        String page) {
    private static final String COUNTER = "bastion.counter.";
    private static final Set<String> WITH_PAGE =
            Set.of("moderation", "encryption", "calls", "relay", "omemo", "federation");

    /** A counter with its label and its number as shown. */
    public record Count(String name, String label, String number) {}

    /** Whether it is switched off and has nothing to complain about. */
    public boolean resting() {
        return mode == Mode.OFF && (state == null || state == Health.State.OK);
    }

    static GuardCard of(GuardView guard, ConsoleModel model, Texts texts) {
        List<Health.Report> reports = model.health().all().stream()
                .filter(report -> guard.owns(report.part()))
                .toList();
        List<Count> counts = model.counters().snapshot().entrySet().stream()
                .filter(entry -> guard.owns(entry.getKey()))
                .filter(entry -> entry.getValue() != 0 || texts.has(COUNTER + entry.getKey()))
                .map(entry -> count(entry.getKey(), entry.getValue(), texts))
                .toList();
        return new GuardCard(
                guard.name(),
                model.settings().get(guard.mode()),
                guard.mode().key(),
                reports.stream()
                        .map(Health.Report::state)
                        .max(Health.State::compareTo)
                        .orElse(null),
                reports,
                counts,
                WITH_PAGE.contains(guard.name()) ? Frame.file(guard.name()) : null);
    }

    private static Count count(String name, long number, Texts texts) {
        String key = COUNTER + name;
        return new Count(
                name,
                texts.has(key) ? texts.text(key) : name,
                NumberFormat.getIntegerInstance(Locale.ENGLISH).format(number));
    }
}
