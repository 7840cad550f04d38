// SPDX-License-Identifier: Apache-2.0
package im.bastion.policy;

import org.xmpp.packet.JID;

/**
 * Which encryption accounts of this server must not offer keys for. A policy says it; whoever looks after the keys asks, on
 * the stanza path too: never blocks.
 */
@FunctionalInterface
public interface KeyBan {
    /** Nothing is banned. */
    KeyBan NONE = (account, namespace) -> null;

    /**
     * Why the account must not offer keys of the encryption with that namespace, as its clients are told it; null when it
     * may.
     */
    Refusal refusal(JID account, String namespace);
}
