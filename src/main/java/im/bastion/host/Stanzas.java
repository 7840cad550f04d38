// SPDX-License-Identifier: Apache-2.0
package im.bastion.host;

import org.xmpp.packet.IQ;
import org.xmpp.packet.Packet;

/** Sends stanzas of Bastion's own. */
public interface Stanzas {
    /** Routes the stanza to its {@code to}, local or remote. Does not wait for its delivery. */
    void send(Packet stanza);

    /**
     * Hands a request to the server as if it had come from its {@code from}, past Bastion's own gate.
     *
     * @param answer called once, with the result or error, or with null after {@code timeoutMillis}
     */
    void request(IQ request, long timeoutMillis, java.util.function.Consumer<IQ> answer);
}
