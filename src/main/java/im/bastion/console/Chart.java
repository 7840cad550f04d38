// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import java.util.ArrayList;
import java.util.List;

/**
 * A bar for each column, its series upon each other, as inline SVG with the same numbers as a table below it.
 *
 * @param id unique on its page
 * @param description what the columns are, with zone and unit
 * @param columns their names
 */
public record Chart(String id, String title, String description, List<String> columns, List<Series> series) {
    /** The picture, in its own units. */
    public static final int WIDTH = 640;

    public static final int HEIGHT = 200;
    /** Where the columns begin. */
    public static final int LEFT = 60;

    static final int BOTTOM = 30;
    static final int TOP = 18;
    private static final int MAX_LABELS = 8;
    /** How many series have a colour of their own in the style sheet. */
    static final int MAX_SERIES = 7;

    /** One series: as many values as there are columns, none negative. */
    public record Series(String name, List<Integer> values) {
        public int sum() {
            return values.stream().mapToInt(Integer::intValue).sum();
        }
    }

    /** A part of a bar, in the units of the picture. */
    public record Bar(int series, double x, double y, double width, double height, String label) {}

    /** A line across, or a name below a column. */
    public record Mark(double at, String label) {}

    public Chart {
        columns = List.copyOf(columns);
        series = List.copyOf(series);
    }

    /** Whether there is anything to see. */
    public boolean isEmpty() {
        return series.stream().allMatch(one -> one.sum() == 0);
    }

    /** All parts of all bars that are not nothing. */
    public List<Bar> bars() {
        List<Bar> bars = new ArrayList<>();
        double step = (double) (WIDTH - LEFT) / Math.max(1, columns.size());
        double scale = (double) (HEIGHT - TOP - BOTTOM) / top();
        for (int column = 0; column < columns.size(); column++) {
            double y = HEIGHT - BOTTOM;
            for (int i = 0; i < series.size(); i++) {
                int value = series.get(i).values().get(column);
                if (value > 0) {
                    double height = value * scale;
                    y -= height;
                    String label = columns.get(column) + ", " + series.get(i).name() + ": " + value;
                    bars.add(new Bar(i, LEFT + column * step + step * 0.1, y, step * 0.8, height, label));
                }
            }
        }
        return bars;
    }

    /** The lines across: nothing, half and all. */
    public List<Mark> lines() {
        int top = top();
        double full = HEIGHT - TOP - BOTTOM;
        return List.of(
                new Mark(HEIGHT - BOTTOM, "0"),
                new Mark(HEIGHT - BOTTOM - full / 2, String.valueOf(top / 2)),
                new Mark(TOP, String.valueOf(top)));
    }

    /** Names below some of the columns, in the middle of each. */
    public List<Mark> names() {
        double step = (double) (WIDTH - LEFT) / Math.max(1, columns.size());
        int every = Math.max(1, (columns.size() + MAX_LABELS - 1) / MAX_LABELS);
        List<Mark> names = new ArrayList<>();
        for (int i = 0; i < columns.size(); i += every) {
            names.add(new Mark(LEFT + (i + 0.5) * step, columns.get(i)));
        }
        return names;
    }

    /** What is at the top of the picture: the highest bar, made a number that is easily halved and read. */
    int top() {
        int highest = 1;
        for (int column = 0; column < columns.size(); column++) {
            int at = column;
            highest = Math.max(
                    highest,
                    series.stream().mapToInt(one -> one.values().get(at)).sum());
        }
        int ten = 1;
        while (ten * 10L <= highest) {
            ten *= 10;
        }
        for (int factor : new int[] {1, 2, 4, 6, 10}) {
            int top = Math.max(2, ten * factor);
            if (top >= highest) {
                return top;
            }
        }
        return highest;
    }
}
