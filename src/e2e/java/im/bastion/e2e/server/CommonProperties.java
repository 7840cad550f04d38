// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.server;

import java.util.LinkedHashMap;
import java.util.Map;

/** Openfire properties of every server under test: the listeners tests need, on, and everything else off. */
final class CommonProperties {
    private CommonProperties() {}

    static Map<String, String> of(ServerOptions options, Ports ports) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("xmpp.domain", options.domain());
        properties.put("xmpp.socket.plain.port", Integer.toString(ports.client()));
        properties.put("xmpp.socket.ssl.active", "false");
        properties.put("xmpp.server.socket.active", "true");
        properties.put("xmpp.server.socket.port", Integer.toString(ports.server()));
        properties.put("xmpp.server.socket.ssl.active", "false");
        properties.put("xmpp.component.socket.active", "false");
        properties.put("xmpp.component.ssl.active", "false");
        properties.put("xmpp.multiplex.socket.active", "false");
        properties.put("xmpp.multiplex.ssl.active", "false");
        properties.put("xmpp.proxy.enabled", "false");
        properties.put("httpbind.enabled", "false");
        properties.put("flash.crossdomain.enabled", "false");
        properties.put("update.service-enabled", "false");
        properties.putAll(options.properties());
        return properties;
    }
}
