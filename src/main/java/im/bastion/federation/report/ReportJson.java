// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.report;

import com.google.gson.stream.JsonWriter;
import im.bastion.federation.report.PeerSummary.Failure;
import im.bastion.host.ServerSession.Direction;
import java.io.IOException;
import java.io.Writer;
import java.time.LocalDate;
import java.util.List;

/**
 * RFC 8460 §4.4: one policy for each peer. A policy here is neither DANE nor MTA-STS, so its type is "no-policy-found" and
 * its strings are our rules. What the RFC has no field for stands in "bastion".
 */
final class ReportJson implements ReportFormat {
    private final JsonWriter json;
    private final String organization;
    private final LocalDate day;

    ReportJson(Writer out, String organization, LocalDate day) {
        this.json = new JsonWriter(out);
        this.organization = organization;
        this.day = day;
        json.setIndent(" ");
        json.setHtmlSafe(true);
    }

    @Override
    public void begin() throws IOException {
        json.beginObject();
        json.name("organization-name").value(organization);
        json.name("date-range").beginObject();
        json.name("start-datetime").value(day + "T00:00:00Z");
        json.name("end-datetime").value(day + "T23:59:59Z");
        json.endObject();
        json.name("report-id").value(day + "_" + organization);
        json.name("policies").beginArray();
    }

    @Override
    public void peer(PeerSummary summary) throws IOException {
        json.beginObject();
        json.name("policy").beginObject();
        json.name("policy-type").value("no-policy-found");
        strings("policy-string", summary.policy());
        json.name("policy-domain").value(summary.day().domain());
        json.endObject();
        json.name("summary").beginObject();
        json.name("total-successful-session-count").value(summary.successful());
        json.name("total-failure-session-count").value(summary.failed());
        json.endObject();
        json.name("failure-details").beginArray();
        for (Failure failure : summary.failures()) {
            failure(failure);
        }
        json.endArray();
        json.name("bastion").beginObject();
        json.name("stanzas-in").value(summary.day().incoming().stanzas());
        json.name("stanzas-out").value(summary.day().outgoing().stanzas());
        json.name("stopped-in").value(summary.day().incoming().refused());
        json.name("stopped-out").value(summary.day().outgoing().refused());
        json.name("users-estimated").value(summary.day().users().count());
        json.name("unjudged-session-count").value(summary.untold());
        json.endObject();
        json.endObject();
    }

    @Override
    public void end() throws IOException {
        json.endArray();
        json.endObject();
        json.flush();
    }

    private void failure(Failure failure) throws IOException {
        json.beginObject();
        json.name("result-type").value(failure.type().word());
        if (!failure.address().isEmpty()) {
            json.name(failure.direction() == Direction.INCOMING ? "sending-mta-ip" : "receiving-ip")
                    .value(failure.address());
        }
        json.name("failed-session-count").value(failure.sessions());
        json.name("failure-reason-code").value(failure.reason());
        json.endObject();
    }

    private void strings(String name, List<String> values) throws IOException {
        json.name(name).beginArray();
        for (String value : values) {
            json.value(value);
        }
        json.endArray();
    }
}
