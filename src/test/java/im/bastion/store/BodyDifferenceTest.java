// SPDX-License-Identifier: Apache-2.0
package im.bastion.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BodyDifferenceTest {
    @Test
    void namesEachFieldThatDiffers() {
        assertThat(BodyDifference.of(
                        "{\"tls\":\"1.2\",\"same\":1,\"gone\":true,\"peers\":[\"a\",\"b\"]}",
                        "{\"tls\":\"1.3\",\"same\":1,\"come\":7,\"peers\":[\"b\",\"c\"]}"))
                .isEqualTo("come added 7; gone removed true; peers added \"c\", removed \"a\"; tls \"1.2\" to \"1.3\"");
    }

    @Test
    void saysNothingWhereNothingDiffersHoweverItIsWritten() {
        assertThat(BodyDifference.of("{\"a\":1,\"b\":[2]}", "{ \"b\": [2], \"a\": 1 }"))
                .isEmpty();
    }

    @Test
    void aFirstVersionIsAllNew() {
        assertThat(BodyDifference.of(null, "{\"a\":1}")).isEqualTo("a added 1");
    }

    @Test
    void anotherOrderIsADifference() {
        assertThat(BodyDifference.of("{\"a\":[1,2]}", "{\"a\":[2,1]}")).isEqualTo("a in another order");
    }

    @Test
    void staysShort() {
        String many =
                IntStream.range(0, 5_000).mapToObj(i -> "\"item" + i + "\"").collect(Collectors.joining(","));
        String fields =
                IntStream.range(0, 500).mapToObj(i -> "\"f" + i + "\":1").collect(Collectors.joining(","));

        assertThat(BodyDifference.of("{}", "{\"list\":[" + many + "]," + fields + "}"))
                .hasSizeLessThan(2_000)
                .endsWith("and 481 fields more");
    }
}
