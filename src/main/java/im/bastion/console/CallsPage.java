// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.calls.CallsServices;
import im.bastion.calls.CallsSettings;
import im.bastion.calls.RelayOnly;
import im.bastion.console.CallsView.Choices;
import im.bastion.settings.Settings;
import java.util.Arrays;
import javax.servlet.http.HttpServletResponse;

/** The calls that go on, and what they must be like. */
final class CallsPage extends Page {
    private static final long serialVersionUID = 1L;

    private static final String GUARD = "calls";

    CallsPage(ConsoleModel model, Presentation presentation) {
        super("calls", model, presentation);
    }

    @Override
    CallsView view(Frame frame, Form refused) {
        CallsServices calls = model().calls();
        Choices filled = refused == null ? null : choices(refused);
        return new CallsView(
                frame,
                GuardCard.of(model().guard(GUARD), model(), frame.texts()),
                calls == null ? null : Paged.of(calls.live().get(), frame.query()),
                filled == null ? inForce() : filled);
    }

    @Override
    Outcome act(Form form, Submitter by) {
        if (form.text("action").equals(ModeChange.ACTION)) {
            return new ModeChange(model()).apply(form, by);
        }
        Choices wanted = choices(form);
        if (wanted == null) {
            return by.refuse(HttpServletResponse.SC_BAD_REQUEST, "bastion.calls.refused");
        }
        try {
            var unused = CallsSettings.MEDIA_ENCRYPTION_DOMAINS.parser().apply(wanted.domains());
        } catch (IllegalArgumentException e) {
            return by.refuse(HttpServletResponse.SC_BAD_REQUEST, "bastion.calls.refused.domains", e.getMessage());
        }
        return new SettingChange(model(), by.admin())
                .to(CallsSettings.MEDIA_ENCRYPTION, wanted.media())
                .to(CallsSettings.MEDIA_ENCRYPTION_DOMAINS, wanted.domains())
                .to(CallsSettings.VISIBLE_KEYS, wanted.visibleKeys())
                .to(CallsSettings.SIGNALLED_PEERS, wanted.signalled())
                .to(CallsSettings.RELAY_ONLY, wanted.relayOnly())
                .outcome();
    }

    private Choices inForce() {
        Settings settings = model().settings();
        return new Choices(
                settings.get(CallsSettings.MEDIA_ENCRYPTION),
                settings.get(CallsSettings.MEDIA_ENCRYPTION_DOMAINS),
                settings.get(CallsSettings.VISIBLE_KEYS),
                settings.get(CallsSettings.SIGNALLED_PEERS),
                settings.get(CallsSettings.RELAY_ONLY));
    }

    /** What a form says, or null when it was not made here. */
    private static Choices choices(Form form) {
        RelayOnly relayOnly = Arrays.stream(RelayOnly.values())
                .filter(each -> each.name().equals(form.text("relay-only")))
                .findFirst()
                .orElse(null);
        return form.mode("media") == null || form.mode("signalled") == null || relayOnly == null
                ? null
                : new Choices(
                        form.mode("media"),
                        form.text("domains"),
                        form.text("visible-keys").equals("yes"),
                        form.mode("signalled"),
                        relayOnly);
    }
}
