// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.reputation;

import org.xmpp.packet.JID;

/**
 * Where a list comes from and how far it is trusted.
 *
 * @param service a publish-subscribe service (XEP-0060)
 * @param node for example "muc_bans_sha256"
 * @param format what an item's id is
 * @param trust 1 to 100: somebody is refused when the lists that name them have 100 together
 */
public record ListSource(JID service, String node, Format format, int trust) {
    /** What an item's id is. */
    public enum Format {
        /** The SHA-256 of a bare JID or of a domain. */
        SHA256,
        /** A domain as it is. */
        DOMAINS
    }

    /** Whether it is the same list, however far it is trusted. */
    boolean isSameList(ListSource other) {
        return service.equals(other.service) && node.equals(other.node) && format == other.format;
    }
}
