// SPDX-License-Identifier: Apache-2.0
package im.bastion.host;

import java.util.Set;
import org.xmpp.packet.JID;

/** The groups of accounts that the server's admins keep. May ask a database or a directory: not for the stanza path. */
public interface Groups {
    /**
     * The bare JIDs in the group, its administrators among them; null when there is no such group.
     *
     * @throws HostException when the directory does not answer
     */
    Set<JID> members(String name);
}
