// SPDX-License-Identifier: Apache-2.0
package im.bastion.host;

import org.xmpp.packet.IQ;

/** Requests addressed to the server itself, and what its service discovery announces. */
public interface IqServices {
    /** Answers a request. */
    @FunctionalInterface
    interface Responder {
        /** The result or error to send back, or null to send nothing. */
        IQ answer(IQ request);
    }

    /**
     * Answers IQs to the server's domain whose child is {@code <name xmlns='namespace'/>} and announces the namespace as
     * a feature. The host has one answerer for a namespace: when another plugin holds it already, the newcomer wins until
     * it is closed, and nobody holds it after that.
     */
    Subscription answer(String name, String namespace, Responder responder);

    /** Announces a feature in the server's disco#info (XEP-0030). */
    Subscription announce(String feature);

    /** Announces a feature in the disco#info of every local account's bare JID (XEP-0163 §6.1). */
    Subscription announceForAccounts(String feature);
}
