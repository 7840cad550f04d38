// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.omemo.doctor.Remedy;
import im.bastion.omemo.doctor.Symptom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A question and what the doctor saw.
 *
 * @param from who wants to encrypt, as typed
 * @param to to whom, as typed
 * @param room or in which room, as typed
 * @param symptoms empty before a question; null when it cannot be answered now
 */
public record DoctorView(Frame frame, String from, String to, String room, List<Symptom> symptoms) {
    /** The worst level; null when nothing was seen. */
    public Symptom.Level worst() {
        return symptoms.stream()
                .map(symptom -> symptom.kind().level())
                .max(Symptom.Level::compareTo)
                .orElse(null);
    }

    /** The words for what was seen. */
    public String seen(Symptom symptom) {
        List<Object> facts = new ArrayList<>();
        facts.add(symptom.about());
        facts.addAll(symptom.facts());
        return frame.texts().text(key(symptom), facts.toArray());
    }

    /** The words for what to do; empty when there is nothing. */
    public String advice(Symptom symptom) {
        String key = key(symptom) + ".advice";
        return frame.texts().has(key) ? frame.texts().text(key) : "";
    }

    /** The icon for a level. */
    public String icon(Symptom.Level level) {
        return switch (level) {
            case FINE -> "ok";
            case UNKNOWN -> "unknown";
            case WARNING -> "degraded";
            case BLOCKED -> "failed";
        };
    }

    /** The node that can be repaired; empty when none. */
    public String node(Symptom symptom) {
        return symptom.remedy() instanceof Remedy.RepairNode repair ? repair.nodeId() : "";
    }

    /** The device that can be hidden from readers; 0 when none. */
    public int device(Symptom symptom) {
        return symptom.remedy() instanceof Remedy.HideDevice hide ? hide.device() : 0;
    }

    private static String key(Symptom symptom) {
        return "bastion.doctor."
                + symptom.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
