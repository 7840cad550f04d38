// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.relay;

import im.bastion.e2e.client.XmppClient;
import java.util.List;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.UnparsedIQ;

/** What a client's server offers it by XEP-0215. */
record Offer(List<Element> services) {
    static final String NAMESPACE = "urn:xmpp:extdisco:2";

    /** Asks the client's own server. */
    static Offer to(XmppClient client, String domain) throws Exception {
        IQ answer = client.request("get", domain, "<services xmlns='%s'/>".formatted(NAMESPACE));
        // Smack has no parser for this namespace and hands out the child as text.
        return answer instanceof UnparsedIQ unparsed && answer.getType() == IQ.Type.result
                ? new Offer(DocumentHelper.parseText(unparsed.getContent().toString())
                        .getRootElement()
                        .elements("service"))
                : new Offer(List.of());
    }

    /** The service of the type, or null. */
    Element service(String type) {
        return services.stream()
                .filter(service -> type.equals(service.attributeValue("type")))
                .findFirst()
                .orElse(null);
    }
}
