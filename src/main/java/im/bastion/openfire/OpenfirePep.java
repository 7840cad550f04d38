// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire;

import im.bastion.host.HostException;
import im.bastion.host.Pep;
import im.bastion.openfire.compat.Probe;
import java.util.List;
import java.util.Map;
import org.jivesoftware.openfire.XMPPServer;
import org.xmpp.packet.JID;

/** Openfire's personal eventing; not bound yet. */
final class OpenfirePep implements Pep {
    OpenfirePep(XMPPServer server, Probe probe) {}

    @Override
    public Node node(JID owner, String nodeId) {
        return null;
    }

    @Override
    public List<Item> items(JID owner, String nodeId) {
        return List.of();
    }

    @Override
    public void configure(JID owner, String nodeId, Map<String, String> configuration) {
        throw new HostException("Personal eventing is not bound");
    }

    @Override
    public void flush(JID owner, String nodeId) {
        throw new HostException("Personal eventing is not bound");
    }
}
