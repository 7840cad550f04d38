// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.omemo;

import im.bastion.e2e.server.inside.InsideTask;
import im.bastion.host.Host;
import im.bastion.host.HostException;
import im.bastion.host.Pep;
import im.bastion.openfire.OpenfireHost;
import java.io.File;
import java.util.List;
import java.util.Map;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.container.Plugin;
import org.jivesoftware.openfire.container.PluginManager;
import org.xmpp.packet.JID;

/** Uses the host's personal eventing past all stanzas, for an account that never did; answers what it saw, a line each. */
public final class SeamWalk implements InsideTask {
    static final String PLUGIN = "im.bastion.plugin.BastionPlugin";
    private static final String NODE = "urn:bastion:e2e:node";

    @Override
    public String run(String... arguments) {
        Host host = host();
        Pep pep = host.pep();
        JID owner = new JID(arguments[0], host.domain(), null);
        StringBuilder seen = new StringBuilder();
        seen.append(pep.node(owner, NODE)).append('\n');
        seen.append(refusal(() -> pep.persist(owner, NODE, owner, List.of(item("a")))))
                .append('\n');
        pep.configure(owner, NODE, configuration("7"));
        seen.append(pep.node(owner, NODE)).append('\n');
        pep.configure(owner, NODE, Map.of("pubsub#max_items", "9"));
        seen.append(pep.node(owner, NODE)).append('\n');
        pep.persist(owner, NODE, owner, List.of(item("a"), item("b"), item("a")));
        seen.append(pep.items(owner, NODE).stream().map(Pep.Item::id).sorted().toList())
                .append('\n');
        seen.append(refusal(() -> pep.configure(owner, NODE, configuration("max"))))
                .append('\n');
        return seen.append(host.capabilities().missingFor("omemo")).toString();
    }

    private static Map<String, String> configuration(String maxItems) {
        return Map.of("pubsub#access_model", "open", "pubsub#persist_items", "1", "pubsub#max_items", maxItems);
    }

    private static String refusal(Runnable work) {
        try {
            work.run();
            return "done";
        } catch (HostException e) {
            return "refused";
        }
    }

    private static Element item(String id) {
        Element item = DocumentHelper.createElement("item").addAttribute("id", id);
        item.addElement("note", "urn:bastion:e2e").setText(id);
        return item;
    }

    private static Host host() {
        PluginManager manager = XMPPServer.getInstance().getPluginManager();
        Plugin plugin = manager.getPlugins().stream()
                .filter(loaded -> loaded.getClass().getName().equals(PLUGIN))
                .findAny()
                .orElseThrow();
        return OpenfireHost.bind(manager, plugin, new File(System.getProperty("openfireHome"), "plugins/bastion"));
    }
}
