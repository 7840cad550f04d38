// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.report;

import im.bastion.federation.observe.HistoryStore;
import im.bastion.federation.observe.PeerDay;
import im.bastion.federation.policy.FederationPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.function.Supplier;

/** The summary of one day, from all nodes, read from the database and written row by row. Thread-safe. */
public final class FederationReport {
    /** What a report can be written as. */
    public enum Format {
        /** RFC 8460 §4.4. */
        JSON("json", "application/json"),
        /** RFC 4180. */
        CSV("csv", "text/csv; charset=UTF-8"),
        /** OpenMetrics 1.0: sums over all peers. */
        METRICS("metrics", "application/openmetrics-text; version=1.0.0; charset=utf-8");

        private final String word;
        private final String mediaType;

        Format(String word, String mediaType) {
            this.word = word;
            this.mediaType = mediaType;
        }

        /** Its name in addresses and as the end of a file's name. */
        public String word() {
            return word;
        }

        public String mediaType() {
            return mediaType;
        }

        /** The format of that name, or null. */
        public static Format of(String word) {
            return Arrays.stream(values())
                    .filter(format -> format.word.equals(word))
                    .findFirst()
                    .orElse(null);
        }
    }

    private final HistoryStore history;
    private final Supplier<FederationPolicy> policy;
    private final String organization;
    private final InstantSource clock;

    /**
     * @param policy that says which sessions failed
     * @param organization the server's domain
     */
    public FederationReport(
            HistoryStore history, Supplier<FederationPolicy> policy, String organization, InstantSource clock) {
        this.history = history;
        this.policy = policy;
        this.organization = organization;
        this.clock = clock;
    }

    /** @throws SQLException when the history cannot be read; some of the report may be written then */
    public void write(LocalDate day, Format format, Writer out) throws SQLException, IOException {
        ReportFormat report =
                switch (format) {
                    case JSON -> new ReportJson(out, organization, day);
                    case CSV -> new ReportCsv(out);
                    case METRICS -> new ReportMetrics(out, day);
                };
        report.begin();
        Merging merging = new Merging(report);
        try {
            history.days(day, day, merging::add);
            merging.flush();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        report.end();
    }

    /** The rows of one peer from several nodes come one after the other. */
    private final class Merging {
        private final ReportFormat report;
        private final FederationPolicy now = policy.get();
        private PeerDay last;

        Merging(ReportFormat report) {
            this.report = report;
        }

        void add(PeerDay day) {
            if (last != null && last.domain().equals(day.domain())) {
                last = last.plus(day);
            } else {
                flush();
                last = day;
            }
        }

        void flush() {
            try {
                if (last != null) {
                    report.peer(PeerSummary.of(last, now, clock.instant()));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
