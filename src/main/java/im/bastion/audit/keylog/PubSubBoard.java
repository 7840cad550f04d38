// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.keylog;

import im.bastion.host.PubSub;
import java.util.List;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.dom4j.QName;

/** A node of the server's publish-subscribe service, which everybody may read and subscribe to. */
public record PubSubBoard(PubSub pubSub) implements HeadBoard {
    /** The node's id. */
    public static final String NODE = "urn:bastion:keylog:heads";

    private static final QName HEAD = QName.get("head", "urn:bastion:keylog:0");

    @Override
    public void post(SignedHead head) {
        Element payload = DocumentHelper.createElement(HEAD);
        payload.setText(head.toText());
        pubSub.publish(NODE, String.valueOf(head.head().size()), payload);
    }

    @Override
    public List<String> notes() {
        return pubSub.payloads(NODE).stream()
                .filter(payload -> payload.getQName().equals(HEAD))
                .map(Element::getText)
                .toList();
    }
}
