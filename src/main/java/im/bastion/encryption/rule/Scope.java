// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.rule;

import java.util.Set;

/**
 * Whom a rule is for. Addresses and domains are in the form that {@link org.xmpp.packet.JID} gives them.
 *
 * @param addresses bare JIDs of users and rooms
 * @param groups names of groups of this server
 * @param members the bare JIDs in these groups when the rule was read
 * @param domains of users, of room services, of components, here or elsewhere
 */
public record Scope(
        Set<String> addresses, Set<String> groups, Set<String> members, Set<String> domains, boolean everybody) {
    public Scope {
        addresses = Set.copyOf(addresses);
        groups = Set.copyOf(groups);
        members = Set.copyOf(members);
        domains = Set.copyOf(domains);
    }

    /** Whether there is an end that both are for, as far as their words tell. */
    boolean meets(Scope other) {
        return (everybody && other.everybody)
                || addresses.stream().anyMatch(other.addresses::contains)
                || domains.stream().anyMatch(other.domains::contains)
                || members.stream().anyMatch(other.members::contains)
                || groups.stream().anyMatch(other.groups::contains);
    }
}
