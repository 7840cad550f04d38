// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.policy;

import im.bastion.federation.peer.PeerPattern;
import im.bastion.federation.rule.Pin;
import im.bastion.host.ServerSession.Direction;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a rule says, as it was written. Immutable; keeps the order of its entries.
 *
 * @param note the admin's own words; may be empty
 * @param pins empty unless the certificate must have a pinned key
 */
public record Definition(
        String note,
        List<PeerPattern> peers,
        Set<Direction> directions,
        Terms terms,
        Map<PeerPattern, Pin> pins,
        Map<PeerPattern, Waiver> exceptions) {

    public Definition {
        peers = List.copyOf(peers);
        directions = Set.copyOf(directions);
        pins = Collections.unmodifiableMap(new LinkedHashMap<>(pins));
        exceptions = Collections.unmodifiableMap(new LinkedHashMap<>(exceptions));
    }
}
