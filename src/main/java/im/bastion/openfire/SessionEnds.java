// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire;

import java.util.Map;
import java.util.function.Consumer;
import org.jivesoftware.openfire.event.SessionEventDispatcher;
import org.jivesoftware.openfire.event.SessionEventListener;
import org.jivesoftware.openfire.event.UserEventDispatcher;
import org.jivesoftware.openfire.event.UserEventListener;
import org.jivesoftware.openfire.lockout.LockOutEventDispatcher;
import org.jivesoftware.openfire.lockout.LockOutEventListener;
import org.jivesoftware.openfire.lockout.LockOutFlag;
import org.jivesoftware.openfire.session.Session;
import org.jivesoftware.openfire.user.User;
import org.xmpp.packet.JID;

/** Openfire's three ways to say that a client has no business here any more. */
final class SessionEnds implements SessionEventListener, UserEventListener, LockOutEventListener {
    private final String domain;
    private final Consumer<JID> listener;

    SessionEnds(String domain, Consumer<JID> listener) {
        this.domain = domain;
        this.listener = listener;
    }

    void begin() {
        SessionEventDispatcher.addListener(this);
        UserEventDispatcher.addListener(this);
        LockOutEventDispatcher.addListener(this);
    }

    void stop() {
        SessionEventDispatcher.removeListener(this);
        UserEventDispatcher.removeListener(this);
        LockOutEventDispatcher.removeListener(this);
    }

    @Override
    public void sessionDestroyed(Session session) {
        listener.accept(session.getAddress());
    }

    @Override
    public void userDeleting(User user, Map<String, Object> params) {
        ended(user.getUsername());
    }

    @Override
    public void userModified(User user, Map<String, Object> params) {
        if ("passwordModified".equals(params.get("type"))) {
            ended(user.getUsername());
        }
    }

    @Override
    public void accountLocked(LockOutFlag flag) {
        ended(flag.getUsername());
    }

    private void ended(String username) {
        listener.accept(new JID(username, domain, null));
    }

    @Override
    public void sessionCreated(Session session) {
        // Only ends matter.
    }

    @Override
    public void anonymousSessionCreated(Session session) {
        // Only ends matter.
    }

    @Override
    public void anonymousSessionDestroyed(Session session) {
        // Anonymous users are given nothing that could end.
    }

    @Override
    public void resourceBound(Session session) {
        // Only ends matter.
    }

    @Override
    public void userCreated(User user, Map<String, Object> params) {
        // Only ends matter.
    }

    @Override
    public void accountUnlocked(String username) {
        // Only ends matter.
    }

    @Override
    public void lockedAccountDenied(String username) {
        // Only ends matter.
    }
}
