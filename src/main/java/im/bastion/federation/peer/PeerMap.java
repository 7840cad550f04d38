// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.peer;

import im.bastion.federation.peer.PeerPattern.Kind;
import im.bastion.federation.tls.DomainName;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * Values by pattern; of all patterns that mean a domain the most specific counts. The longer name is the more specific; of
 * one name, the domain itself before one label below before the subtree. A look-up costs two hash look-ups for each label
 * of the domain, however many patterns there are. Immutable.
 */
public final class PeerMap<V> {
    private final Map<Kind, Map<String, V>> byKind = new EnumMap<>(Kind.class);
    private final V everybody;

    public PeerMap(Map<PeerPattern, V> values) {
        for (Kind kind : Kind.values()) {
            byKind.put(kind, new HashMap<>());
        }
        values.forEach((pattern, value) -> {
            if (pattern.name() != null) {
                byKind.get(pattern.kind()).put(pattern.name().ascii(), value);
            }
        });
        everybody = values.get(PeerPattern.ALL);
    }

    /** The value for the domain as it stands in an address, or null. What is no domain name is only "everybody". */
    public V find(String domain) {
        DomainName name;
        try {
            name = DomainName.of(domain);
        } catch (IllegalArgumentException e) {
            return everybody;
        }
        V exact = byKind.get(Kind.EXACT).get(name.ascii());
        return exact != null ? exact : above(name.ascii());
    }

    private V above(String domain) {
        V found = byKind.get(Kind.SUBTREE).get(domain);
        int dot = domain.indexOf('.');
        if (found == null && dot > 0) {
            found = byKind.get(Kind.ONE_BELOW).get(domain.substring(dot + 1));
        }
        for (; found == null && dot > 0; dot = domain.indexOf('.', dot + 1)) {
            found = byKind.get(Kind.SUBTREE).get(domain.substring(dot + 1));
        }
        return found != null ? found : everybody;
    }
}
