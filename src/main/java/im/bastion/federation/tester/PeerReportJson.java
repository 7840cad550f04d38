// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import im.bastion.federation.tester.fact.Endpoint;
import im.bastion.federation.tester.fact.TlsFacts;
import im.bastion.store.PolicyBody;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A report as JSON, for the database, where a row has at most 64 KiB: of one that is longer fewer certificates are kept, and at
 * last fewer steps.
 */
final class PeerReportJson {
    private static final Gson GSON = new GsonBuilder()
            .registerTypeAdapter(Instant.class, new InstantAdapter())
            .create();

    private PeerReportJson() {}

    static String of(PeerReport report) {
        PeerReport kept = report;
        String json = GSON.toJson(kept);
        for (int certificates = 3; certificates >= 0 && isTooLong(json); certificates--) {
            kept = withChains(report, certificates);
            json = GSON.toJson(kept);
        }
        for (int steps = report.steps().size() / 2; steps > 0 && isTooLong(json); steps /= 2) {
            kept = withSteps(kept, steps);
            json = GSON.toJson(kept);
        }
        return json;
    }

    /** @throws IllegalArgumentException when the text is not what {@link #of} writes */
    static PeerReport read(String body) {
        try {
            return GSON.fromJson(PolicyBody.parse(body), PeerReport.class);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("not what Bastion wrote: " + e.getMessage(), e);
        }
    }

    private static boolean isTooLong(String json) {
        return json.getBytes(StandardCharsets.UTF_8).length > PolicyBody.MAX_BYTES;
    }

    /** With so many certificates of the first chain, and one of each other. */
    private static PeerReport withChains(PeerReport report, int certificates) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (Endpoint endpoint : report.endpoints()) {
            int kept = endpoints.isEmpty() ? certificates : Math.min(1, certificates);
            endpoints.add(endpoint.tls() == null ? endpoint : endpoint.with(cut(endpoint.tls(), kept)));
        }
        return new PeerReport(
                report.domain(),
                report.began(),
                report.millis(),
                report.by(),
                report.steps(),
                report.authenticity(),
                endpoints,
                report.posh(),
                report.assessment());
    }

    private static PeerReport withSteps(PeerReport report, int steps) {
        return new PeerReport(
                report.domain(),
                report.began(),
                report.millis(),
                report.by(),
                report.steps().subList(0, steps),
                report.authenticity(),
                report.endpoints(),
                report.posh(),
                report.assessment());
    }

    private static TlsFacts cut(TlsFacts tls, int certificates) {
        return new TlsFacts(
                tls.protocol(),
                tls.cipher(),
                tls.application(),
                tls.chain().subList(0, Math.min(certificates, tls.chain().size())),
                tls.distrust(),
                tls.name());
    }

    private static final class InstantAdapter extends TypeAdapter<Instant> {
        @Override
        public void write(JsonWriter out, Instant time) throws IOException {
            out.value(time.toEpochMilli());
        }

        @Override
        public Instant read(JsonReader in) throws IOException {
            return Instant.ofEpochMilli(in.nextLong());
        }
    }
}
