// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.audit.keylog.KeyLog;
import im.bastion.host.HostException;
import im.bastion.omemo.device.DeviceDesk;
import im.bastion.omemo.doctor.AccountKeys;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.JID;

/** The devices of one account: what they are called, their fingerprints, whether others can use them, what happened. */
final class KeysPage extends Page {
    static final String ACCOUNT = "account";
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(KeysPage.class);

    KeysPage(ConsoleModel model, Presentation presentation) {
        super("keys", model, presentation);
    }

    @Override
    KeysView view(Frame frame, Form refused) {
        return new KeysView(frame, "", null, null, List.of());
    }

    @Override
    KeysView view(Frame frame, Form refused, Form address) {
        String typed = address.text(ACCOUNT);
        JID account = Jids.account(typed, model().host().domain());
        if (account == null || model().omemo() == null) {
            return new KeysView(frame, typed, null, null, List.of());
        }
        AccountKeys keys = keys(account);
        return new KeysView(frame, account.toString(), keys, board(account, keys), history(account));
    }

    @Override
    Outcome act(Form form, Submitter by) {
        JID account = Jids.account(form.text(ACCOUNT), model().host().domain());
        if (account == null || !model().host().users().isRegistered(account)) {
            return by.refuse(HttpServletResponse.SC_BAD_REQUEST, "bastion.keys.no-account");
        }
        return model().omemo() == null
                ? by.refuse(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "bastion.omemo.absent")
                : new DeviceAct(model().omemo().devices()).apply(account, form, by);
    }

    @Override
    String kept(Form form) {
        return "&account=" + URLEncoder.encode(form.text(ACCOUNT), StandardCharsets.UTF_8);
    }

    private AccountKeys keys(JID account) {
        try {
            return model().omemo().keys().read(account);
        } catch (HostException e) {
            LOG.warn("The keys of an account cannot be read: {}", e.getMessage());
            return null;
        }
    }

    /** Null when nothing is known of devices, or it cannot be read now. */
    private DeviceBoard board(JID account, AccountKeys keys) {
        if (keys == null || !keys.local() || !keys.exists()) {
            return null;
        }
        try {
            DeviceDesk desk = model().omemo().devices();
            return new DeviceBoard(account.toString(), desk.devices(account), desk.removals(account));
        } catch (HostException e) {
            LOG.warn("The devices of an account cannot be read: {}", e.getMessage());
            return null;
        }
    }

    private List<KeyLog.Entry> history(JID account) {
        try {
            List<KeyLog.Entry> history = new ArrayList<>(model().keyLog().history(account.toString()));
            Collections.reverse(history);
            return history;
        } catch (SQLException e) {
            LOG.warn("The key log cannot be read for an account: {}", e.getMessage());
            return null;
        }
    }
}
