// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserSketchTest {
    private static UserSketch users(int from, int to) {
        BitSet bits = new BitSet();
        IntStream.range(from, to).forEach(i -> bits.set(UserSketch.bit("user" + i)));
        return UserSketch.of(bits.toLongArray());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 100, 1_000, 2_000})
    void countsToWithinAFewPercent(int number) {
        assertThat(users(0, number).count()).isCloseTo(number, Percentage.withPercentage(8));
    }

    @Test
    void countsWhoIsInSeveralOnce() {
        UserSketch both = users(0, 300).with(users(200, 500));

        assertThat(both.count()).isCloseTo(500, Percentage.withPercentage(8));
    }

    @Test
    void isWrittenAsItIsReadAndRefusesWhatItDidNotWrite() {
        UserSketch sketch = users(0, 77);

        assertThat(UserSketch.of(sketch.text())).isEqualTo(sketch);
        assertThat(UserSketch.of(UserSketch.NOBODY.text()).count()).isZero();
        assertThatThrownBy(() -> UserSketch.of("A".repeat(4_000))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> UserSketch.of("*")).isInstanceOf(IllegalArgumentException.class);
    }
}
