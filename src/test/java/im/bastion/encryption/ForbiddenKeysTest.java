// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption;

import static im.bastion.encryption.EncryptionStage.JULIET;
import static im.bastion.encryption.EncryptionStage.ROMEO;
import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.policy.KeyBan;
import im.bastion.policy.Mode;
import im.bastion.policy.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.JID;

/** Whose keys of a forbidden scheme may not be published. */
class ForbiddenKeysTest {
    private final EncryptionStage stage = new EncryptionStage();

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void keysOfAForbiddenSchemeAreBannedFromTheMomentTheRuleRefuses() {
        List<KeyBan> told = new ArrayList<>();
        stage.feature.tellOfBans(told::add);
        stage.rule(
                "all",
                "{\"domains\":[\"home.example\"],\"schemes\":{\"omemo-2\":\"forbid\"},\"grace\":\"2026-12-24\"}");
        assertThat(bans(told, "urn:xmpp:omemo:2")).isNull();

        stage.now = Instant.parse("2026-12-24T00:00:30Z");
        stage.feature.minute();
        assertThat(bans(told, "urn:xmpp:omemo:2").text()).contains("does not permit OMEMO 2", "encryption.all");
        assertThat(bans(told, Sample.LEGACY)).isNull();
        assertThat(bans(told, "urn:example:none")).isNull();

        stage.rule("all", Mode.OFF, EncryptionStage.ALL_OMEMO);
        assertThat(told.get(told.size() - 1)).isEqualTo(KeyBan.NONE);
    }

    @Test
    void keysAreNotBannedWhereSomebodyMayStillUseThem() {
        List<KeyBan> told = new ArrayList<>();
        stage.feature.tellOfBans(told::add);
        stage.rule("all", "{\"domains\":[\"*\"],\"except\":[\"away.example\"],\"schemes\":{\"omemo-2\":\"forbid\"}}");
        assertThat(bans(told, "urn:xmpp:omemo:2")).isNull();

        stage.rule("others", "{\"domains\":[\"*\"],\"schemes\":{\"omemo-2\":\"forbid\"}}");
        stage.rule("juliet", "{\"users\":[\"" + JULIET + "\"],\"schemes\":{\"omemo-2\":\"allow\"}}");
        assertThat(bans(told, "urn:xmpp:omemo:2")).isNull();
        assertThat(told.get(told.size() - 1).refusal(ROMEO.asBareJID(), "urn:xmpp:omemo:2"))
                .isNotNull();
    }

    private static Refusal bans(List<KeyBan> told, String namespace) {
        return told.get(told.size() - 1).refusal(new JID(JULIET), namespace);
    }
}
