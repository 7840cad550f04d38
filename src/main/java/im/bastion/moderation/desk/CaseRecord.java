// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.desk;

import com.google.gson.JsonObject;
import im.bastion.moderation.desk.Case.Kind;
import im.bastion.moderation.desk.Case.State;
import im.bastion.moderation.rule.Scopes;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.PolicyBody;
import im.bastion.store.Records;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.xmpp.packet.JID;

/** Cases as they are kept: what was said is sealed. */
final class CaseRecord {
    static final String KIND = "case";
    /** A second row for each open case, so that they are found at once. */
    static final String OPEN = "case-open";

    static final Duration KEEP = Duration.ofDays(180);

    private CaseRecord() {}

    static Records.Row row(Case kept, UnaryOperator<String> seal) {
        JsonObject body = new JsonObject();
        body.addProperty("kind", kept.kind().name());
        body.addProperty("state", kept.state().name());
        body.addProperty("room", text(kept.room()));
        body.addProperty("person", text(kept.person()));
        body.addProperty("nickname", kept.nickname());
        body.addProperty("rule", kept.rule() == null ? "" : kept.rule().value());
        body.addProperty("ruleVersion", kept.ruleVersion());
        body.addProperty("mode", kept.mode().name());
        body.addProperty("count", kept.count());
        body.addProperty("openedAt", kept.openedAt().toEpochMilli());
        body.addProperty("summary", kept.summary());
        body.addProperty("excerpt", kept.excerpt().isEmpty() ? "" : seal.apply(kept.excerpt()));
        body.addProperty("stanzaId", kept.stanzaId());
        body.addProperty("appeal", kept.appeal());
        body.addProperty("resolvedBy", kept.resolvedBy());
        long at = kept.lastAt().toEpochMilli();
        return new Records.Row(KIND, kept.reference(), scope(kept.room()), at, at + KEEP.toMillis(), body.toString());
    }

    static Records.Row openRow(Case kept) {
        long at = kept.lastAt().toEpochMilli();
        return new Records.Row(OPEN, kept.reference(), scope(kept.room()), at, at + KEEP.toMillis(), "{}");
    }

    static Case of(Records.Row row, UnaryOperator<String> unseal) {
        JsonObject body = PolicyBody.parse(row.body());
        String rule = body.get("rule").getAsString();
        String excerpt = body.get("excerpt").getAsString();
        return new Case(
                row.id(),
                Kind.valueOf(body.get("kind").getAsString()),
                State.valueOf(body.get("state").getAsString()),
                jid(body.get("room").getAsString()),
                jid(body.get("person").getAsString()),
                body.get("nickname").getAsString(),
                rule.isEmpty() ? null : new RuleId(rule),
                body.get("ruleVersion").getAsInt(),
                Mode.valueOf(body.get("mode").getAsString()),
                body.get("count").getAsInt(),
                Instant.ofEpochMilli(body.get("openedAt").getAsLong()),
                Instant.ofEpochMilli(row.at()),
                body.get("summary").getAsString(),
                excerpt.isEmpty() ? "" : unseal.apply(excerpt),
                body.get("stanzaId").getAsString(),
                body.get("appeal").getAsString(),
                body.get("resolvedBy").getAsString());
    }

    static String scope(JID room) {
        return room == null ? "" : Scopes.of(room);
    }

    private static String text(JID jid) {
        return jid == null ? "" : jid.toString();
    }

    private static JID jid(String text) {
        return text.isEmpty() ? null : new JID(text);
    }
}
