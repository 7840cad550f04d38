// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.report;

import im.bastion.federation.report.PeerSummary.Failure;
import im.bastion.host.ServerSession.Direction;
import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.stream.Collectors;

/** RFC 4180: one line for each peer's successes and one for each kind of its failures. */
final class ReportCsv implements ReportFormat {
    private static final String HEADER = "day,domain,result,direction,sessions,address,reason";
    private static final String NEW_LINE = "\r\n";

    private final Writer out;

    ReportCsv(Writer out) {
        this.out = out;
    }

    @Override
    public void begin() throws IOException {
        out.write(HEADER + NEW_LINE);
    }

    @Override
    public void peer(PeerSummary summary) throws IOException {
        line(summary, "success", "", summary.successful(), "", "");
        for (Failure failure : summary.failures()) {
            String direction =
                    failure.direction() == null ? "" : failure.direction() == Direction.INCOMING ? "in" : "out";
            line(summary, failure.type().word(), direction, failure.sessions(), failure.address(), failure.reason());
        }
    }

    @Override
    public void end() throws IOException {
        out.flush();
    }

    private void line(
            PeerSummary summary, String result, String direction, long sessions, String address, String reason)
            throws IOException {
        out.write(Arrays.stream(new String[] {
                            summary.day().day().toString(),
                            summary.day().domain(),
                            result,
                            direction,
                            String.valueOf(sessions),
                            address,
                            reason
                        })
                        .map(ReportCsv::field)
                        .collect(Collectors.joining(","))
                + NEW_LINE);
    }

    /** In quotation marks, and never the beginning of a formula: names and reasons come from peers. */
    private static String field(String text) {
        String safe = text.matches("(?s)[=+\\-@\\t\\r].*") ? "'" + text : text;
        return '"' + safe.replace("\"", "\"\"") + '"';
    }
}
