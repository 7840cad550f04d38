// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.race;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.omemo.wire.DeviceList;
import im.bastion.omemo.wire.OmemoGeneration;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.dom4j.Element;

/** What a publish makes of a list, whoever had seen what. */
class ListMergePropertyTest {
    private static final OmemoGeneration GENERATION = OmemoGeneration.OMEMO_2;

    @Property(tries = 200)
    void onlyWhatWasSeenAndIsNotNamedIsTakenOff(
            @ForAll @Size(max = 8) Set<@IntRange(min = 1, max = 9) Integer> published,
            @ForAll @Size(max = 8) Set<@IntRange(min = 1, max = 9) Integer> present,
            @ForAll @Size(max = 8) Set<@IntRange(min = 1, max = 9) Integer> seen) {
        Element list = list(published);

        ListMerge.merge(GENERATION, list, list(present), seen);

        Set<Integer> expected = new HashSet<>(present);
        expected.removeAll(seen);
        expected.addAll(published);
        assertThat(ListMerge.ids(GENERATION, list)).isEqualTo(expected);
        assertThat(list.elements()).hasSize(expected.size());
    }

    @Property(tries = 200)
    void inWhateverOrderTwoThatHadSeenNothingComeBothStay(
            @ForAll @Size(max = 5) Set<@IntRange(min = 1, max = 99) Integer> one,
            @ForAll @Size(max = 5) Set<@IntRange(min = 1, max = 99) Integer> two) {
        Element first = list(one);
        Element second = list(two);
        ListMerge.merge(GENERATION, second, first, Set.of());
        Element otherSecond = list(one);
        ListMerge.merge(GENERATION, otherSecond, list(two), Set.of());

        assertThat(ListMerge.ids(GENERATION, second)).isEqualTo(ListMerge.ids(GENERATION, otherSecond));
    }

    private static Element list(Set<Integer> ids) {
        return new DeviceList(
                        GENERATION,
                        ids.stream()
                                .map(id -> new DeviceList.Device(id, "", ""))
                                .toList())
                .toElement();
    }
}
