// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.check;

import im.bastion.policy.Severity;
import java.util.ArrayList;
import java.util.List;

/**
 * What all checks together say about an item.
 *
 * @param notes in the order of the checks
 */
public record Judgement(List<Note> notes) {
    /** One check's finding. */
    public record Note(PublishCheck check, Finding finding) {}

    /** How far clients get with what was published. */
    public enum Usability {
        OK,
        /** Some clients may stumble. */
        WARN,
        /** No client can use it, or none safely. */
        UNUSABLE
    }

    public Judgement {
        notes = List.copyOf(notes);
    }

    /** Asks every check. */
    public static Judgement of(PublishedItem item) {
        List<Note> notes = new ArrayList<>();
        for (PublishCheck check : PublishChecks.ALL) {
            Finding finding = check.finding(item);
            if (finding != null) {
                notes.add(new Note(check, finding));
            }
        }
        return new Judgement(notes);
    }

    /** The worst of the notes. */
    public Usability usability() {
        Usability worst = Usability.OK;
        for (Note note : notes) {
            Usability usability = usability(note.check().severity());
            worst = usability.compareTo(worst) > 0 ? usability : worst;
        }
        return worst;
    }

    /** The first note of at least that severity, or null. */
    public Note first(Severity atLeast) {
        for (Note note : notes) {
            if (note.check().severity().compareTo(atLeast) >= 0) {
                return note;
            }
        }
        return null;
    }

    private static Usability usability(Severity severity) {
        return switch (severity) {
            case ERROR -> Usability.UNUSABLE;
            case WARNING -> Usability.WARN;
            case INFO -> Usability.OK;
        };
    }
}
