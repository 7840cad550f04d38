// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.device;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.xmpp.packet.JID;

/**
 * Which device each session has shown itself to be: it published that device's bundle, put it on the list or sent in its
 * name. At most {@link #MAX_SESSIONS}, the others count as unknown. Thread-safe.
 */
public final class SessionDevices {
    /** How many sessions are remembered. */
    public static final int MAX_SESSIONS = 50_000;

    private final Map<JID, Integer> devices = new ConcurrentHashMap<>();

    /** The session is that device. */
    public void learn(JID session, int device) {
        Integer known = devices.get(session);
        if (known != null && known == device) {
            return;
        }
        if (devices.size() >= MAX_SESSIONS) {
            forgetSome();
        }
        devices.put(session, device);
    }

    /** The session's device, or 0. */
    public int of(JID session) {
        return devices.getOrDefault(session, 0);
    }

    /** Of these sessions, those that are that device. */
    List<JID> being(int device, List<JID> sessions) {
        return sessions.stream().filter(session -> of(session) == device).toList();
    }

    private void forgetSome() {
        Iterator<JID> sessions = devices.keySet().iterator();
        for (int i = 0; i < MAX_SESSIONS / 10 && sessions.hasNext(); i++) {
            sessions.next();
            sessions.remove();
        }
    }
}
