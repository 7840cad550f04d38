// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** That the bytes of an entry can be read back means that no two entries share them: the hash covers each field. */
class EntryCodecPropertyTest {
    @Property
    void whatIsReadIsWhatWasWritten(@ForAll("entries") PendingEntry entry) {
        byte[] bytes = EntryCodec.encode(entry);
        assertThat(EntryCodec.decode(bytes)).isEqualTo(entry);
        assertThat(bytes).hasSizeLessThanOrEqualTo(EntryCodec.MAX_BYTES);
    }

    @Property
    void differentEntriesHaveDifferentHashes(
            @ForAll("entries") PendingEntry one, @ForAll("entries") PendingEntry other) {
        String hash = HashChain.next(ChainHead.EMPTY, one).hash();
        assertThat(hash.equals(HashChain.next(ChainHead.EMPTY, other).hash())).isEqualTo(one.equals(other));
    }

    /** Text that moves from one field to the next one makes another entry. */
    @Property
    void whereAFieldEndsMatters(@ForAll("texts") String text, @ForAll @IntRange(max = 40) int cut) {
        int at = Math.min(cut, text.length());
        PendingEntry split = entry(text.substring(0, at), text.substring(at));
        PendingEntry whole = entry(text, "");
        assertThat(Arrays.equals(EntryCodec.encode(split), EntryCodec.encode(whole)))
                .isEqualTo(split.equals(whole));
    }

    @Property
    void bytesThatAreCutOffOrFollowedByOthersAreRefused(
            @ForAll("entries") PendingEntry entry, @ForAll @IntRange(max = 10_000) int length) {
        byte[] bytes = EntryCodec.encode(entry);
        if (length != bytes.length) {
            assertThatThrownBy(() -> EntryCodec.decode(Arrays.copyOf(bytes, length)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Provide
    Arbitrary<PendingEntry> entries() {
        Arbitrary<RuleId> rules = Arbitraries.of(
                        "moderation.listed-phrase", "relay.a", "federation.tls-and-certificate")
                .map(RuleId::new)
                .injectNull(0.3);
        Arbitrary<AuditEvent> events = Combinators.combine(
                        Arbitraries.longs().between(0, 4_000_000_000_000L).map(Instant::ofEpochMilli),
                        Arbitraries.of("moderation", "omemo", "console"),
                        texts(),
                        Arbitraries.of("message-refused", "a"),
                        texts(),
                        rules,
                        Arbitraries.integers(),
                        texts())
                .as((at, guard, actor, action, subject, rule, version, detail) ->
                        new AuditEvent(at, guard, actor, action, subject, rule, version, Mode.OBSERVE, detail));
        Arbitrary<UUID> ids = Arbitraries.longs().map(low -> new UUID(7, low));
        return Combinators.combine(ids, events).as(PendingEntry::new);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().all().ofMaxLength(40);
    }

    private static PendingEntry entry(String actor, String subject) {
        return new PendingEntry(
                new UUID(0, 1),
                new AuditEvent(Instant.EPOCH, "omemo", actor, "seen", subject, null, 0, Mode.ENFORCE, "detail"));
    }
}
