// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.observe;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import im.bastion.federation.tls.CertificateSummary;
import im.bastion.store.PolicyBody;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A chain as JSON, for the database. Kept are the first {@value #MAX_KEPT} certificates, and names of the first alone: the
 * issuers' are no matter, and a row has at most 64 KiB.
 */
final class ChainJson {
    private static final int MAX_KEPT = 5;
    private static final int MAX_TEXT = 255;
    private static final Gson GSON = new Gson();

    private ChainJson() {}

    static String of(List<CertificateSummary> chain) {
        JsonArray certificates = new JsonArray();
        for (CertificateSummary certificate : chain.subList(0, Math.min(chain.size(), MAX_KEPT))) {
            certificates.add(of(certificate, certificates.isEmpty()));
        }
        JsonObject json = new JsonObject();
        json.add("chain", certificates);
        json.addProperty("length", chain.size());
        return json.toString();
    }

    private static JsonObject of(CertificateSummary certificate, boolean leaf) {
        JsonObject json = new JsonObject();
        json.addProperty("subject", cut(certificate.subject()));
        json.addProperty("issuer", cut(certificate.issuer()));
        json.add("names", GSON.toJsonTree(leaf ? cut(certificate.names()) : List.of()));
        json.addProperty("nameCount", certificate.nameCount());
        json.addProperty("from", certificate.notBefore().toEpochMilli());
        json.addProperty("until", certificate.notAfter().toEpochMilli());
        json.add("usages", GSON.toJsonTree(cut(certificate.usages())));
        json.addProperty("key", cut(certificate.key()));
        json.addProperty("signature", cut(certificate.signature()));
        json.addProperty("spki", certificate.spkiSha256());
        json.addProperty("sha256", certificate.sha256());
        return json;
    }

    /** @throws IllegalArgumentException when the text is not what {@link #of} writes */
    static List<CertificateSummary> read(String body) {
        try {
            List<CertificateSummary> chain = new ArrayList<>();
            for (JsonElement element : PolicyBody.parse(body).getAsJsonArray("chain")) {
                JsonObject json = element.getAsJsonObject();
                chain.add(new CertificateSummary(
                        json.get("subject").getAsString(),
                        json.get("issuer").getAsString(),
                        texts(json.getAsJsonArray("names")),
                        json.get("nameCount").getAsInt(),
                        Instant.ofEpochMilli(json.get("from").getAsLong()),
                        Instant.ofEpochMilli(json.get("until").getAsLong()),
                        texts(json.getAsJsonArray("usages")),
                        json.get("key").getAsString(),
                        json.get("signature").getAsString(),
                        json.get("spki").getAsString(),
                        json.get("sha256").getAsString()));
            }
            return chain;
        } catch (NullPointerException | ClassCastException | IllegalStateException | UnsupportedOperationException e) {
            throw new IllegalArgumentException("not what Bastion wrote: " + e.getMessage(), e);
        }
    }

    private static List<String> texts(JsonArray array) {
        return array.asList().stream().map(JsonElement::getAsString).toList();
    }

    private static List<String> cut(List<String> texts) {
        return texts.stream().map(ChainJson::cut).toList();
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT - 1) + "…";
    }
}
