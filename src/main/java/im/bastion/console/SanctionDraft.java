// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

/** What an admin is about to impose, as the form has it. */
public record SanctionDraft(String room, String person, String kind, String minutes, String reason) {
    static SanctionDraft of(Query query) {
        return new SanctionDraft(query.text("room"), query.text("person"), "mute", "60", "");
    }

    static SanctionDraft of(Form form) {
        return new SanctionDraft(
                form.text("room"), form.text("person"), form.text("kind"), form.text("minutes"), form.text("reason"));
    }
}
