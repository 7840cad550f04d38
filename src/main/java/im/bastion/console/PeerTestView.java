// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.federation.tester.PeerReport;
import im.bastion.federation.tester.PeerTestRun;
import im.bastion.federation.tester.fact.TestStep;
import im.bastion.federation.tester.grade.Assessment;
import im.bastion.federation.tester.grade.Grade;
import im.bastion.federation.tester.grade.Remark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tests of peers.
 *
 * @param isThere whether the guard could start
 * @param typed what stands in the form
 * @param domain whose tests are shown, in A-labels; empty for those of all
 * @param run the latest test of it that this node remembers; null when there is none
 * @param reports newest first; null when the database cannot be asked now
 */
public record PeerTestView(
        Frame frame, boolean isThere, String typed, String domain, PeerTestRun run, List<PeerReport> reports) {
    /** What a bar of the trend is made of, the worst below. */
    private static final List<Grade> SEVERE = List.of(Grade.F, Grade.T, Grade.D, Grade.C, Grade.B);

    private static final int MAX_BARS = 20;

    /** Who is not trusted is better off than who has no protection, and worse than everybody else. */
    private static final Comparator<Assessment> WORST_LAST = Comparator.comparing(
                    (Assessment assessment) -> assessment.grade() == Grade.F)
            .thenComparing(assessment -> assessment.grade() == Grade.T)
            .thenComparing(Assessment::ignoringTrust);

    /** Whether the tests of one domain are shown. */
    public boolean isOfOne() {
        return !domain.isEmpty();
    }

    /**
     * The report to show in full: the latest of the domain, from this node, where it may not be in the database yet, or from
     * another; null while a test is under way, and when there is none.
     */
    public PeerReport report() {
        if (!isOfOne() || (run != null && !run.isOver())) {
            return null;
        }
        return Stream.concat(
                        Stream.ofNullable(run == null ? null : run.report()),
                        reports == null ? Stream.of() : reports.stream().limit(1))
                .max(Comparator.comparing(PeerReport::began))
                .orElse(null);
    }

    /** The step that was taken last; null when there was none. */
    public TestStep latestStep() {
        List<TestStep> steps = run.steps();
        return steps.isEmpty() ? null : steps.get(steps.size() - 1);
    }

    /** "better", "worse" or "same" than the test before; empty when there was none. */
    public String trend(int index) {
        if (index + 1 >= reports.size()) {
            return "";
        }
        int change = WORST_LAST.compare(
                reports.get(index).assessment(), reports.get(index + 1).assessment());
        return change < 0 ? "better" : change > 0 ? "worse" : "same";
    }

    /** How many findings of each grade the latest tests had, the oldest first. */
    public Chart chart() {
        List<PeerReport> shown = new ArrayList<>(reports.subList(0, Math.min(MAX_BARS, reports.size())));
        Collections.reverse(shown);
        Texts texts = frame.texts();
        return new Chart(
                "trend",
                texts.text("bastion.test.trend"),
                texts.text("bastion.test.trend.what", frame.times().zoneName()),
                shown.stream()
                        .map(report -> frame.times().monthDay(report.began()))
                        .toList(),
                SEVERE.stream()
                        .map(grade -> new Chart.Series(
                                texts.text("bastion.test.grade.text", grade),
                                shown.stream()
                                        .map(report -> count(report, grade))
                                        .toList()))
                        .toList());
    }

    private static int count(PeerReport report, Grade grade) {
        return (int) report.assessment().remarks().stream()
                .map(Remark::finding)
                .filter(finding -> finding.best() == grade)
                .distinct()
                .count();
    }

    /** The state that stands for the grade: an icon's name. */
    public static String state(Grade grade) {
        return switch (grade) {
            case A, B -> "ok";
            case C, T -> "degraded";
            case D, F -> "failed";
        };
    }

    /** A constant as it stands in the keys of texts. */
    public static String word(Enum<?> constant) {
        return Query.word(constant);
    }

    /** Whole seconds and tenths. */
    public static String seconds(long millis) {
        return "%d.%d".formatted(millis / 1_000, millis % 1_000 / 100);
    }

    /** The values of an enumeration, in their order. */
    public static <E extends Enum<E>> List<E> all(Class<E> type) {
        return Arrays.asList(type.getEnumConstants());
    }
}
