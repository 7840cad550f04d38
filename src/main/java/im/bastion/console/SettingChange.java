// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.audit.AuditEvent;
import im.bastion.policy.Mode;
import im.bastion.settings.Setting;

/** Sets settings one after the other and writes down who did and what they were before. */
final class SettingChange {
    private final ConsoleModel model;
    private final String admin;
    private Notice notice = Notice.UNCHANGED;

    SettingChange(ConsoleModel model, String admin) {
        this.model = model;
        this.admin = admin;
    }

    /** Sets one, unless it has that value already. */
    <T> SettingChange to(Setting<T> setting, T wanted) {
        T before = model.settings().get(setting);
        if (!before.equals(wanted)) {
            model.settings().set(setting, wanted);
            report(
                    setting.key(),
                    setting.writer().apply(before) + " -> " + setting.writer().apply(wanted));
            notice = Notice.DONE;
        }
        return this;
    }

    /** What became of all. */
    Outcome outcome() {
        return new Outcome.Done(notice);
    }

    private void report(String key, String change) {
        model.audit()
                .record(new AuditEvent(
                        model.clock().instant(),
                        "console",
                        admin,
                        "setting-changed",
                        key,
                        null,
                        0,
                        Mode.ENFORCE,
                        change));
        model.host().adminConsole().log(admin, "Bastion: a setting was changed", key + ": " + change);
    }
}
