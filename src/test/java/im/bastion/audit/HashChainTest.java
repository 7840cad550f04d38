// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HashChainTest {
    /**
     * Logs that exist must stay verifiable: whoever changes these bytes makes every one of them look tampered with. The
     * expected value was computed by a program of its own from the words of {@link HashChain} and {@link EntryCodec}.
     */
    @Test
    void theBytesThatAreHashedNeverChange() {
        AuditEvent event = new AuditEvent(
                Instant.ofEpochMilli(1_700_000_000_123L),
                "moderation",
                "bastion",
                "message-refused",
                "room@conference.example.org",
                new RuleId("moderation.listed-phrase"),
                3,
                Mode.ENFORCE,
                "größe 😀");
        AuditEntry entry = HashChain.next(ChainHead.EMPTY, new PendingEntry(new UUID(1, 2), event));
        assertThat(entry.hash()).isEqualTo("d14ec69ec420984ac5d083c04614ed624498b5e4f28f52f885008c745680efd4");
    }
}
