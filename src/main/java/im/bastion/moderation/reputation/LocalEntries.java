// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.reputation;

import com.google.gson.JsonObject;
import im.bastion.moderation.reputation.BlockLists.LocalEntry;
import im.bastion.moderation.rule.Scopes;
import im.bastion.store.PolicyBody;
import im.bastion.store.Records;
import java.time.Instant;

/** Our own entries as they are kept. */
final class LocalEntries {
    private LocalEntries() {}

    static Records.Row row(String kind, LocalEntry entry) {
        JsonObject body = new JsonObject();
        body.addProperty("subject", entry.subject());
        body.addProperty("blocked", entry.blocked());
        body.addProperty("reason", entry.reason());
        body.addProperty("by", entry.by());
        return new Records.Row(
                kind, Scopes.of(entry.subject()), "", entry.at().toEpochMilli(), Long.MAX_VALUE, body.toString());
    }

    static LocalEntry of(Records.Row row) {
        JsonObject body = PolicyBody.parse(row.body());
        return new LocalEntry(
                body.get("subject").getAsString(),
                body.get("blocked").getAsBoolean(),
                body.get("reason").getAsString(),
                body.get("by").getAsString(),
                Instant.ofEpochMilli(row.at()));
    }
}
