// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.host.HostException;
import im.bastion.omemo.device.DeviceDesk;
import im.bastion.omemo.wire.DeviceId;
import javax.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.JID;

/** What an admin does about somebody's devices. The desk writes the audit log. */
record DeviceAct(DeviceDesk desk) {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceAct.class);

    Outcome apply(JID account, Form form, Submitter by) {
        String action = form.text("action");
        try {
            return switch (action) {
                case "prune" ->
                    new Outcome.Done(desk.prune(account, by.admin()).isEmpty() ? Notice.UNCHANGED : Notice.DONE);
                case "undo" ->
                    new Outcome.Done(desk.undo(form.text("removal"), by.admin()) ? Notice.DONE : Notice.UNCHANGED);
                default -> one(account, action, form, by);
            };
        } catch (HostException e) {
            LOG.warn("{} could not be done about a device of {}", action, account, e);
            return by.refuse(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "bastion.omemo.failed", e.getMessage());
        }
    }

    private Outcome one(JID account, String action, Form form, Submitter by) {
        int device = DeviceId.parse(form.text("device"));
        boolean known = device != 0
                && desk.devices(account).stream().anyMatch(view -> view.device().id() == device);
        if (!known) {
            return by.refuse(HttpServletResponse.SC_BAD_REQUEST, "bastion.device.unknown");
        }
        switch (action) {
            case "revoke" -> desk.revoke(account, device, form.text("sessions").equals("end"), by.admin());
            case "admit" -> desk.admit(account, device, by.admin());
            case "keep" -> desk.keep(account, device, by.admin());
            case "hide" -> desk.hide(account, device, by.admin());
            case "show" -> desk.show(account, device, by.admin());
            case "health" -> desk.leaveToHealth(account, device, by.admin());
            default -> {
                return by.refuse(HttpServletResponse.SC_BAD_REQUEST, "bastion.omemo.unknown");
            }
        }
        return new Outcome.Done(Notice.DONE);
    }
}
