// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.peer;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.federation.tls.DomainName;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PeerMapPropertyTest {
    /** Names of few labels, so that they often lie below each other. */
    @Provide
    Arbitrary<String> domains() {
        return Arbitraries.of("a", "b", "c").list().ofMinSize(1).ofMaxSize(4).map(labels -> String.join(".", labels));
    }

    @Provide
    Arbitrary<List<PeerPattern>> patterns() {
        return Arbitraries.of("", "*.", "**.")
                .flatMap(prefix -> domains().map(domain -> PeerPattern.of(prefix + domain)))
                .list()
                .ofMaxSize(12);
    }

    @Property(tries = 500)
    void findsWhatAWalkOverAllPatternsFinds(
            @ForAll("patterns") List<PeerPattern> patterns, @ForAll("domains") String domain) {
        Map<PeerPattern, PeerPattern> values = new HashMap<>();
        patterns.forEach(pattern -> values.put(pattern, pattern));
        PeerPattern expected = values.keySet().stream()
                .filter(pattern -> pattern.matches(DomainName.of(domain)))
                .min(Comparator.comparing(
                                (PeerPattern pattern) -> -pattern.name().ascii().length())
                        .thenComparing(PeerPattern::kind))
                .orElse(null);

        assertThat(new PeerMap<>(values).find(domain)).isEqualTo(expected);
    }
}
