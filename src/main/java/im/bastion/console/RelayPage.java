// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.audit.AuditEvent;
import im.bastion.policy.Mode;
import im.bastion.relay.OutsideTest;
import im.bastion.relay.RelayServices;
import im.bastion.relay.setup.SeenAddress;
import im.bastion.settings.Setting;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import javax.servlet.http.HttpServletResponse;

/** Where the relay is, whether clients reach it, and what it may. */
final class RelayPage extends Page {
    private static final long serialVersionUID = 1L;

    private static final String GUARD = "relay";
    private static final String COMMANDS = "commands";

    RelayPage(ConsoleModel model, Presentation presentation) {
        super(GUARD, model, presentation);
    }

    @Override
    RelayView view(Frame frame, Form refused) {
        RelayServices relay = model().relay();
        boolean commands =
                refused != null && frame.isTrial() && refused.text("action").equals(COMMANDS);
        OutsideTest outside = commands && relay != null ? relay.outside() : null;
        boolean filled = refused != null && refused.text("action").equals("save");
        return new RelayView(
                frame,
                GuardCard.of(model().guard(GUARD), model(), frame.texts()),
                relay == null,
                relay == null ? null : relay.state(),
                relay == null ? null : relay.tested(),
                outside,
                model().host().domain(),
                fields(RelayField.PLACE, filled ? refused : null),
                fields(RelayField.LIMITS, filled ? refused : null));
    }

    private List<RelayField> fields(List<Setting<?>> settings, Form filled) {
        return settings.stream()
                .map(each -> filled == null ? RelayField.of(each, model().settings()) : RelayField.of(each, filled))
                .toList();
    }

    @Override
    Outcome act(Form form, Submitter by) {
        RelayServices relay = model().relay();
        return switch (form.text("action")) {
            case ModeChange.ACTION -> new ModeChange(model()).apply(form, by);
            case "save" -> relay == null ? unknown(by) : save(relay, form, by);
            case "test" -> relay == null ? unknown(by) : test(relay, by);
            case "look" -> look(form, by);
            case COMMANDS -> relay == null || relay.state() == null ? notRunning(by) : commands(by);
            default -> unknown(by);
        };
    }

    private static Outcome unknown(Submitter by) {
        return by.refuse(HttpServletResponse.SC_BAD_REQUEST, "bastion.relay.refused");
    }

    private static Outcome notRunning(Submitter by) {
        return by.refuse(HttpServletResponse.SC_CONFLICT, "bastion.relay.refused.off");
    }

    private Outcome save(RelayServices relay, Form form, Submitter by) {
        List<Setting<?>> all = Stream.concat(RelayField.PLACE.stream(), RelayField.LIMITS.stream())
                .toList();
        for (Setting<?> each : all) {
            if (!fits(each, form)) {
                return by.refuse(
                        HttpServletResponse.SC_BAD_REQUEST,
                        "bastion.relay.refused.setting",
                        by.texts().text("bastion.relay.setting." + RelayField.name(each)),
                        each.allowed());
            }
        }
        if (Integer.parseInt(form.text("min-port")) > Integer.parseInt(form.text("max-port"))) {
            return by.refuse(HttpServletResponse.SC_BAD_REQUEST, "bastion.relay.refused.range");
        }
        SettingChange change = new SettingChange(model(), by.admin());
        relay.change(() -> all.forEach(each -> set(change, each, form)));
        return change.outcome();
    }

    private static <T> boolean fits(Setting<T> setting, Form form) {
        try {
            var unused = setting.parser().apply(RelayField.text(setting, form));
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static <T> void set(SettingChange change, Setting<T> setting, Form form) {
        var unused = change.to(setting, setting.parser().apply(RelayField.text(setting, form)));
    }

    private Outcome test(RelayServices relay, Submitter by) {
        try {
            if (!relay.test()) {
                return relay.state() == null
                        ? notRunning(by)
                        : by.refuse(HttpServletResponse.SC_CONFLICT, "bastion.relay.refused.testing");
            }
            report(by, "self-test", relay.tested().isGood() ? "good" : "not good");
            return new Outcome.Done(Notice.TESTED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return by.refuse(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "bastion.relay.refused.testing");
        }
    }

    /** Asks a server the admin names where it sees this machine. */
    private Outcome look(Form form, Submitter by) {
        String server = form.text("server");
        try {
            SeenAddress seen = SeenAddress.ask(server);
            report(by, "asked-stun-server", server);
            return by.refuse(
                    HttpServletResponse.SC_OK,
                    seen.isTranslated() ? "bastion.relay.look.translated" : "bastion.relay.look.direct",
                    server,
                    seen.mapped().getHostAddress(),
                    seen.local().getHostAddress());
        } catch (IllegalArgumentException e) {
            return by.refuse(HttpServletResponse.SC_BAD_REQUEST, "bastion.relay.look.refused");
        } catch (IOException e) {
            return by.refuse(HttpServletResponse.SC_BAD_GATEWAY, "bastion.relay.look.failed", server, e.getMessage());
        }
    }

    private Outcome commands(Submitter by) {
        report(by, "test-credential", "");
        return by.refuse(HttpServletResponse.SC_OK, "bastion.relay.outside.ready");
    }

    private void report(Submitter by, String action, String detail) {
        model().audit()
                .record(new AuditEvent(
                        model().clock().instant(),
                        "console",
                        by.admin(),
                        action,
                        GUARD,
                        null,
                        0,
                        Mode.ENFORCE,
                        detail));
    }
}
