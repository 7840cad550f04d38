// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.host.Capability;
import im.bastion.metric.Health;
import im.bastion.policy.Mode;
import im.bastion.settings.Settings;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Finds what needs the admin: parts that report trouble, settings that cannot be read, and what the host lacks. */
final class Diagnosis {
    private final ConsoleModel model;
    private final Texts texts;

    Diagnosis(ConsoleModel model, Texts texts) {
        this.model = model;
        this.texts = texts;
    }

    /** The problems, the worst first. */
    List<Problem> problems() {
        return Stream.of(unwell(), broken(), missing())
                .flatMap(s -> s)
                .sorted(Comparator.comparing(Problem::state).reversed().thenComparing(Problem::part))
                .toList();
    }

    private Stream<Problem> unwell() {
        return model.health().all().stream()
                .filter(report -> report.state() != Health.State.OK)
                .map(report -> new Problem(report.state(), report.part(), report.message(), report.since()));
    }

    private Stream<Problem> broken() {
        return model.settings().broken().stream()
                .map(b -> new Problem(Health.State.DEGRADED, b.key(), describe(b), null));
    }

    private String describe(Settings.Broken broken) {
        return texts.text("bastion.problem.broken-setting", broken.value(), broken.allowed(), broken.inForce());
    }

    private Stream<Problem> missing() {
        return model.host().capabilities().all().stream()
                .filter(capability -> !capability.present() && isSilent(capability))
                .map(capability -> new Problem(
                        Health.State.DEGRADED,
                        capability.id(),
                        texts.text("bastion.problem.missing-capability", capability.detail(), capability.guard()),
                        null));
    }

    /** Whether nobody has reported the lack already, and somebody would miss it. */
    private boolean isSilent(Capability capability) {
        GuardView guard = model.guard(capability.guard());
        if (guard == null) {
            return true;
        }
        Health.Report report = model.health().of(guard.name());
        return model.settings().get(guard.mode()) != Mode.OFF && (report == null || report.state() == Health.State.OK);
    }
}
