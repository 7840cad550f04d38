// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.moderation.ModerationServices;
import im.bastion.moderation.statistics.Counts;
import im.bastion.moderation.statistics.What;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.ToIntFunction;
import javax.servlet.http.HttpServletResponse;

/** What the rules found over time, what became of it, and how often people thought otherwise. */
final class StatisticsPage extends Page {
    private static final long serialVersionUID = 1L;

    /** Over which time, and how much of it is one column. */
    enum Period {
        DAY(24, ChronoUnit.HOURS),
        WEEK(7, ChronoUnit.DAYS),
        MONTH(31, ChronoUnit.DAYS);

        private final int columns;
        private final ChronoUnit unit;

        Period(int columns, ChronoUnit unit) {
            this.columns = columns;
            this.unit = unit;
        }
    }

    StatisticsPage(ConsoleModel model, Presentation presentation) {
        super("statistics", model, presentation);
    }

    @Override
    StatisticsView view(Frame frame, Form refused) {
        Period period = frame.query().oneOf("period", Period.DAY);
        ModerationServices moderation = model().moderation();
        if (moderation == null) {
            return new StatisticsView(frame, period, null, null, List.of());
        }
        List<Map<String, Counts>> columns = new ArrayList<>();
        List<String> names = new ArrayList<>();
        ZonedDateTime begin = first(period);
        SortedMap<Instant, Map<String, Counts>> hours =
                moderation.statistics().byRule().hours(begin.toInstant());
        for (int i = 0; i < period.columns; i++) {
            Instant from = begin.plus(i, period.unit).toInstant();
            Instant to = begin.plus(i + 1L, period.unit).toInstant();
            columns.add(sum(hours.subMap(from, to)));
            names.add(
                    period.unit == ChronoUnit.HOURS
                            ? frame.times().hour(from)
                            : frame.times().monthDay(from));
        }
        List<RuleStatistic> rules = rules(columns);
        return new StatisticsView(
                frame,
                period,
                byRule(frame, period, names, columns, rules),
                byOutcome(frame, period, names, columns),
                rules);
    }

    @Override
    Outcome act(Form form, Submitter by) {
        return by.refuse(HttpServletResponse.SC_METHOD_NOT_ALLOWED, "bastion.refused.mode");
    }

    /** By the days and hours of the zone that times are shown in. */
    private ZonedDateTime first(Period period) {
        return model().clock()
                .instant()
                .atZone(model().clock().getZone())
                .truncatedTo(period.unit)
                .minus(period.columns - 1L, period.unit);
    }

    private static Map<String, Counts> sum(SortedMap<Instant, Map<String, Counts>> hours) {
        Map<String, Counts> sums = new HashMap<>();
        hours.values().forEach(hour -> hour.forEach((rule, counts) -> sums.merge(rule, counts, Counts::plus)));
        return sums;
    }

    /** Those that found most first; what no rule did last. */
    private static List<RuleStatistic> rules(List<Map<String, Counts>> columns) {
        Map<String, Counts> sums = new HashMap<>();
        columns.forEach(column -> column.forEach((rule, counts) -> sums.merge(rule, counts, Counts::plus)));
        return sums.entrySet().stream()
                .map(entry -> new RuleStatistic(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing((RuleStatistic one) -> one.rule().isEmpty())
                        .thenComparing((RuleStatistic one) -> one.counts().findings(), Comparator.reverseOrder())
                        .thenComparing(RuleStatistic::rule))
                .toList();
    }

    private static Chart byRule(
            Frame frame,
            Period period,
            List<String> names,
            List<Map<String, Counts>> columns,
            List<RuleStatistic> rules) {
        List<RuleStatistic> found =
                rules.stream().filter(one -> one.counts().findings() > 0).toList();
        boolean all = found.size() <= Chart.MAX_SERIES;
        List<Chart.Series> series = new ArrayList<>();
        List<RuleStatistic> own = all ? found : found.subList(0, Chart.MAX_SERIES - 1);
        own.forEach(rule -> series.add(
                new Chart.Series(rule.rule(), values(columns, column -> column.getOrDefault(rule.rule(), Counts.NONE)
                        .findings()))));
        if (!all) {
            List<RuleStatistic> others = found.subList(Chart.MAX_SERIES - 1, found.size());
            series.add(new Chart.Series(
                    frame.texts().text("bastion.statistics.others", others.size()),
                    values(columns, column -> others.stream()
                            .mapToInt(rule -> column.getOrDefault(rule.rule(), Counts.NONE)
                                    .findings())
                            .sum())));
        }
        return chart(frame, period, "by-rule", names, series);
    }

    private static Chart byOutcome(Frame frame, Period period, List<String> names, List<Map<String, Counts>> columns) {
        List<Chart.Series> series = new ArrayList<>();
        for (What what : List.of(What.REFUSED, What.HELD, What.REPORTED, What.OBSERVED, What.RETRACTED)) {
            series.add(new Chart.Series(
                    frame.texts().text("bastion.statistics.what." + Query.word(what)),
                    values(columns, column -> column.values().stream()
                            .mapToInt(counts -> counts.of(what))
                            .sum())));
        }
        return chart(frame, period, "by-outcome", names, series);
    }

    private static Chart chart(Frame frame, Period period, String id, List<String> names, List<Chart.Series> series) {
        Texts t = frame.texts();
        String unit = period.unit == ChronoUnit.HOURS ? "bastion.statistics.by-hour" : "bastion.statistics.by-day";
        return new Chart(
                id,
                t.text("bastion.statistics." + id),
                t.text(unit, frame.times().zoneName()),
                names,
                series);
    }

    private static List<Integer> values(List<Map<String, Counts>> columns, ToIntFunction<Map<String, Counts>> value) {
        return columns.stream().map(column -> value.applyAsInt(column)).toList();
    }
}
