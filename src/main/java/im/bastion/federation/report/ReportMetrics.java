// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.report;

import im.bastion.federation.observe.PeerDay;
import im.bastion.federation.observe.UserSketch;
import im.bastion.federation.report.PeerSummary.Failure;
import java.io.IOException;
import java.io.Writer;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Map;

/**
 * OpenMetrics 1.0: the sums over all peers. Labels are results and directions, never names, so that the number of series is
 * fixed however many peers there are.
 */
final class ReportMetrics implements ReportFormat {
    private static final String PREFIX = "bastion_federation_day_";

    private final Map<ResultType, Long> failed = new EnumMap<>(ResultType.class);
    private final Writer out;
    private final LocalDate day;
    private long peers;
    private long successful;
    private long untold;
    private long passedIn;
    private long passedOut;
    private long stoppedIn;
    private long stoppedOut;
    private UserSketch users = UserSketch.NOBODY;

    ReportMetrics(Writer out, LocalDate day) {
        this.out = out;
        this.day = day;
    }

    @Override
    public void begin() {
        for (ResultType type : ResultType.values()) {
            failed.put(type, 0L);
        }
    }

    @Override
    public void peer(PeerSummary summary) {
        PeerDay seen = summary.day();
        peers++;
        successful += summary.successful();
        untold += summary.untold();
        for (Failure failure : summary.failures()) {
            failed.merge(failure.type(), failure.sessions(), Long::sum);
        }
        passedIn += seen.incoming().stanzas();
        passedOut += seen.outgoing().stanzas();
        stoppedIn += seen.incoming().refused();
        stoppedOut += seen.outgoing().refused();
        users = users.with(seen.users());
    }

    @Override
    public void end() throws IOException {
        family("start_seconds", "When the day began, in seconds since 1970 UTC.");
        sample("start_seconds", "", day.atStartOfDay(ZoneOffset.UTC).toEpochSecond());
        family("peers", "Servers that were seen.");
        sample("peers", "", peers);
        family("users", "About how many local users exchanged stanzas with them.");
        sample("users", "", users.count());
        family("sessions", "Sessions that began and attempts that failed, by result as in RFC 8460.");
        sample("sessions", "{result=\"success\"}", successful);
        for (Map.Entry<ResultType, Long> result : failed.entrySet()) {
            sample("sessions", "{result=\"" + result.getKey().word() + "\"}", result.getValue());
        }
        sample("sessions", "{result=\"unjudged\"}", untold);
        family("stanzas", "Stanzas that passed, and stanzas that a rule stopped.");
        sample("stanzas", "{direction=\"in\",outcome=\"passed\"}", passedIn);
        sample("stanzas", "{direction=\"out\",outcome=\"passed\"}", passedOut);
        sample("stanzas", "{direction=\"in\",outcome=\"stopped\"}", stoppedIn);
        sample("stanzas", "{direction=\"out\",outcome=\"stopped\"}", stoppedOut);
        out.write("# EOF\n");
        out.flush();
    }

    private void family(String name, String help) throws IOException {
        out.write("# TYPE " + PREFIX + name + " gauge\n# HELP " + PREFIX + name + " " + help + "\n");
    }

    private void sample(String name, String labels, long value) throws IOException {
        out.write(PREFIX + name + labels + " " + value + "\n");
    }
}
