// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.sanction;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import im.bastion.moderation.rule.Scopes;
import im.bastion.policy.RuleId;
import im.bastion.store.PolicyBody;
import im.bastion.store.Records;
import java.time.Duration;
import java.time.Instant;
import org.xmpp.packet.JID;

/** Sanctions as they are kept. */
final class SanctionRecord {
    static final String KIND = "sanction";
    private static final Duration KEEP = Duration.ofDays(180);

    private SanctionRecord() {}

    static Records.Row row(Sanction sanction) {
        JsonObject body = new JsonObject();
        body.addProperty("kind", sanction.kind().name());
        body.addProperty("room", sanction.room().toString());
        body.addProperty("person", sanction.person().toString());
        body.addProperty("until", millis(sanction.until()));
        body.addProperty(
                "rule", sanction.rule() == null ? null : sanction.rule().value());
        body.addProperty("reference", sanction.reference());
        body.addProperty("reason", sanction.reason());
        body.addProperty("by", sanction.by());
        body.addProperty("liftedAt", millis(sanction.liftedAt()));
        body.addProperty("liftedBy", sanction.liftedBy());
        boolean endless = sanction.until() == null && sanction.liftedAt() == null;
        boolean lasting = sanction.kind() == Sanction.Kind.MUTE || sanction.kind() == Sanction.Kind.BAN;
        Instant end = sanction.until() == null ? sanction.at() : sanction.until();
        long expires = endless && lasting ? Long.MAX_VALUE : end.plus(KEEP).toEpochMilli();
        return new Records.Row(
                KIND,
                sanction.id(),
                Scopes.of(sanction.room()),
                sanction.at().toEpochMilli(),
                expires,
                body.toString());
    }

    static Sanction of(Records.Row row) {
        JsonObject body = PolicyBody.parse(row.body());
        return new Sanction(
                row.id(),
                Sanction.Kind.valueOf(body.get("kind").getAsString()),
                new JID(body.get("room").getAsString()),
                new JID(body.get("person").getAsString()),
                Instant.ofEpochMilli(row.at()),
                instant(body.get("until")),
                body.has("rule") && !body.get("rule").isJsonNull()
                        ? new RuleId(body.get("rule").getAsString())
                        : null,
                body.get("reference").getAsString(),
                body.get("reason").getAsString(),
                body.get("by").getAsString(),
                instant(body.get("liftedAt")),
                body.get("liftedBy").getAsString());
    }

    private static Long millis(Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }

    private static Instant instant(JsonElement millis) {
        return millis == null || millis.isJsonNull() ? null : Instant.ofEpochMilli(millis.getAsLong());
    }
}
