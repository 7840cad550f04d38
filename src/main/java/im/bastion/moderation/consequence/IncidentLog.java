// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.consequence;

import com.google.gson.JsonObject;
import im.bastion.audit.AuditEvent;
import im.bastion.audit.AuditTrail;
import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.rule.Evidence;
import im.bastion.moderation.rule.Hit;
import im.bastion.policy.Mode;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Writes consequences into the audit log, each under a reference that people can tell each other. */
public final class IncidentLog {
    /** Without letters that are read or heard as another. */
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static final int BITS_PER_LETTER = 5;
    private static final int LETTERS = 8;

    private final AuditTrail audit;
    private final InstantSource clock;
    private final LongSupplier random;

    public IncidentLog(AuditTrail audit, InstantSource clock, LongSupplier random) {
        this.audit = audit;
        this.clock = clock;
        this.random = random;
    }

    /**
     * A message was refused, or would have been.
     *
     * @return the reference, for example "7F3K-9QXT"
     */
    String refused(RoomEvent event, Hit hit, Mode mode) {
        String reference = reference();
        audit.record(new AuditEvent(
                clock.instant(),
                "moderation",
                event.sender().toBareJID(),
                "message-refused",
                event.room().toString(),
                hit.active().id(),
                hit.active().version(),
                mode,
                detail(reference, event, hit)));
        return reference;
    }

    private static String detail(String reference, RoomEvent event, Hit hit) {
        Evidence evidence = hit.finding().evidence();
        JsonObject detail = new JsonObject();
        detail.addProperty("reference", reference);
        detail.addProperty("kind", word(event.kind()));
        detail.addProperty("part", evidence.part() == null ? "event" : word(evidence.part()));
        detail.addProperty("entry", evidence.entry());
        detail.addProperty("fingerprint", evidence.fingerprint());
        detail.addProperty("nickname", hit.nickname());
        return detail.toString();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private String reference() {
        long bits = random.getAsLong();
        StringBuilder letters = new StringBuilder(LETTERS + 1);
        for (int i = 0; i < LETTERS; i++) {
            if (i == LETTERS / 2) {
                letters.append('-');
            }
            letters.append(ALPHABET.charAt((int) (bits >>> (i * BITS_PER_LETTER)) & (ALPHABET.length() - 1)));
        }
        return letters.toString();
    }
}
