// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.keylog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.bastion.audit.merkle.Hash;
import java.time.Instant;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;

/** No two leaves, and no two openings, have the same bytes. */
class LeafCodecPropertyTest {
    @Provide
    Arbitrary<Leaf> leaves() {
        Arbitrary<Instant> at = Arbitraries.longs().between(0, 1L << 42).map(Instant::ofEpochMilli);
        Arbitrary<Hash> hash =
                Arbitraries.bytes().array(byte[].class).ofSize(32).map(Hash::of);
        Arbitrary<PublicKey> key =
                Arbitraries.bytes().array(byte[].class).ofSize(32).map(PublicKey::of);
        Arbitrary<String> endorsement = key.map(k -> SigningKey.create().endorse(k));
        Arbitrary<Long> number = Arbitraries.longs().greaterOrEqual(0);
        return Arbitraries.oneOf(
                Combinators.combine(at, Arbitraries.of(KeyEvent.Kind.class), hash, hash)
                        .as(Leaf.Event::new),
                Combinators.combine(at, key, Arbitraries.oneOf(Arbitraries.just(""), endorsement))
                        .as(Leaf.Signer::new),
                Combinators.combine(at, number, hash).as(Leaf.Restored::new),
                Combinators.combine(at, number).as(Leaf.Lost::new));
    }

    @Property(tries = 200)
    void aLeafIsReadAgainAsItWasWritten(@ForAll("leaves") Leaf leaf) {
        byte[] bytes = LeafCodec.encode(leaf);

        assertThat(bytes.length).isLessThanOrEqualTo(LeafCodec.MAX_BYTES);
        assertThat(LeafCodec.decode(bytes)).isEqualTo(leaf);
    }

    @Property(tries = 200)
    void aLeafThatIsShorterOrLongerIsRefused(@ForAll("leaves") Leaf leaf, @ForAll @IntRange(max = 60) int cut) {
        byte[] bytes = LeafCodec.encode(leaf);

        assertThatThrownBy(() -> LeafCodec.decode(Arrays.copyOf(bytes, bytes.length + 1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LeafCodec.decode(Arrays.copyOf(bytes, Math.max(0, bytes.length - 1 - cut))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 200)
    void anOpeningIsReadAgainAsItWasWritten(
            @ForAll @StringLength(max = 600) String actor,
            @ForAll @StringLength(max = 70) String generation,
            @ForAll int device,
            @ForAll @LongRange(min = -1) long prekey) {
        KeyEvent event =
                new KeyEvent(Instant.EPOCH, KeyEvent.Kind.DEVICE_LISTED, "a@b", generation, device, "", prekey, actor);
        byte[] bytes = Opening.of(event).encode();

        assertThat(bytes.length).isLessThanOrEqualTo(Opening.MAX_BYTES);
        assertThat(Opening.decode(bytes)).isEqualTo(Opening.of(event));
    }
}
