// SPDX-License-Identifier: Apache-2.0
package im.bastion.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the table of docs/abuse-cases.md: all cases are there, and every test that is named for one exists. */
class AbuseCasesTest {
    private static final int CASES = 50;
    /** Cases that the page says are not shown, and why. */
    private static final List<Integer> NOT_SHOWN = List.of(40, 42);

    private static final Pattern ROW = Pattern.compile("^\\| (\\d+) \\|.*\\|(.*)\\|$");
    private static final Pattern NAMED = Pattern.compile("`(\\w+)\\.(\\w+)`");

    @Test
    void everyCaseHasARowAndEveryTestItNamesExists() throws IOException {
        Map<String, Path> sources = sources();
        List<Matcher> rows = Files.readAllLines(Path.of("docs/abuse-cases.md")).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .toList();
        assertThat(rows)
                .extracting(row -> Integer.valueOf(row.group(1)))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, CASES).boxed().toList());
        for (Matcher row : rows) {
            List<String> named = NAMED.matcher(row.group(2))
                    .results()
                    .map(found -> found.group())
                    .toList();
            if (!NOT_SHOWN.contains(Integer.valueOf(row.group(1)))) {
                assertThat(named).as("case %s", row.group(1)).isNotEmpty();
            }
            for (String test : named) {
                Matcher parts = NAMED.matcher(test);
                assertThat(parts.matches()).isTrue();
                assertThat(sources).as(test).containsKey(parts.group(1));
                assertThat(isTest(Files.readString(sources.get(parts.group(1))), parts.group(2)))
                        .as(test)
                        .isTrue();
            }
        }
    }

    /** Whether between the method before and this one it is said to be a test. */
    private static boolean isTest(String source, String method) {
        int declared = source.indexOf(" void " + method + "(");
        String before = declared < 0 ? "" : source.substring(0, declared);
        return before.substring(Math.max(0, before.lastIndexOf("\n    }\n")))
                .matches("(?s).*@(Test|ParameterizedTest)\\b.*");
    }

    private static Map<String, Path> sources() throws IOException {
        try (Stream<Path> unit = Files.walk(Path.of("src/test/java"));
                Stream<Path> endToEnd = Files.walk(Path.of("src/e2e/java"))) {
            return Stream.concat(unit, endToEnd)
                    .filter(file -> file.toString().matches(".*(Test|E2E)\\.java"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""),
                            file -> file,
                            (one, other) -> one));
        }
    }
}
