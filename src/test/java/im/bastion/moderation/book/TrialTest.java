// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.book;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.host.Affiliation;
import im.bastion.host.memory.MemoryRoomArchive;
import im.bastion.moderation.rule.BrokenDefinition;
import im.bastion.moderation.rule.RuleStage;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.PolicyRow;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

class TrialTest {
    private static final JID LEE = new JID("lee@other.example/tablet");
    private static final Instant BEGIN = Instant.parse("2026-11-01T10:00:00Z");
    private static final String PHRASES = "{'type':'listed-phrase','phrases':['buy cheap pills']}";

    private final RuleStage stage = new RuleStage();
    private final MemoryRoomArchive archive = new MemoryRoomArchive();
    private final Trial trial = new Trial(RuleBook.of(RuleTypes.ALL), archive, stage.senders());

    private static PolicyRow row(String body) {
        RuleId id = new RuleId("moderation.tried");
        return new PolicyRow(id, 1, Mode.OBSERVE, body.replace('\'', '"'), "admin", Instant.EPOCH);
    }

    private void said(JID sender, String nickname, long second, String body) {
        Message message = new Message();
        message.setType(Message.Type.groupchat);
        message.setFrom(nickname.isEmpty() ? RuleStage.DEN : new JID(RuleStage.DEN + "/" + nickname));
        message.setBody(body);
        archive.say(RuleStage.DEN, sender, nickname, BEGIN.plusSeconds(second), message);
        archive.flush();
    }

    private Trial.Result tried(String body, int max) throws BrokenDefinition {
        return trial.archive(row(body), RuleStage.DEN, BEGIN.plusSeconds(1_000_000), max);
    }

    @Test
    void showsWhereATextMeetsTheRule() throws BrokenDefinition {
        String words = "Psst! BUY cheap\u200B pills.";
        Trial.Example found = trial.text(row(PHRASES), RuleStage.DEN, words);
        assertThat(found.excerpt().substring(found.begin(), found.end())).isEqualTo("BUY cheap\u200B pills");
        assertThat(trial.text(row(PHRASES), RuleStage.DEN, "good morning")).isNull();
        assertThat(trial.text(row("{'type':'link'}"), RuleStage.DEN, "see http://a.com")
                        .fact())
                .isEqualTo("links=1");
    }

    @Test
    void cutsALongTextAroundTheEvidence() throws BrokenDefinition {
        Trial.Example found =
                trial.text(row(PHRASES), RuleStage.DEN, "word ".repeat(1_000) + "buy cheap pills" + " word".repeat(99));
        assertThat(found.excerpt()).hasSizeLessThanOrEqualTo(160);
        assertThat(found.excerpt().substring(found.begin(), found.end())).isEqualTo("buy cheap pills");
    }

    @Test
    void saysWhatWouldHaveBeenStopped() throws BrokenDefinition {
        for (int i = 0; i < 100; i++) {
            said(
                    i % 2 == 0 ? RuleStage.KIM : LEE,
                    "nick" + i % 2,
                    i,
                    i % 10 == 3 ? "buy cheap pills " + i : "hello " + i);
        }
        Trial.Result result = tried(PHRASES, 1_000);
        assertThat(result.judged()).isEqualTo(100);
        assertThat(result.stopped()).isEqualTo(10);
        assertThat(result.spared()).isZero();
        assertThat(result.examples())
                .hasSize(10)
                .allSatisfy(example -> assertThat(example.excerpt().substring(example.begin(), example.end()))
                        .isEqualTo("buy cheap pills"))
                .isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
        assertThat(tried(PHRASES, 20).judged()).as("the newest").isEqualTo(20);
    }

    @Test
    void countsThoseWhoAreOutOfReachApart() throws BrokenDefinition {
        stage.rooms.affiliate(RuleStage.DEN, LEE, Affiliation.MEMBER);
        said(LEE, "Lee", 1, "buy cheap pills");
        said(RuleStage.KIM, "Kim", 2, "buy cheap pills");
        said(RuleStage.DEN, "", 3, "buy cheap pills");
        Trial.Result result = tried(PHRASES, 1_000);
        assertThat(result.judged()).isEqualTo(2);
        assertThat(result.stopped()).isEqualTo(1);
        assertThat(result.spared()).isEqualTo(1);
    }

    @Test
    void rulesThatCountBeginAfreshAndGoByTheMessagesTimes() throws BrokenDefinition {
        String repeat = "{'type':'repeat','max':2,'seconds':60}";
        for (int i = 0; i < 4; i++) {
            said(RuleStage.KIM, "Kim", i, "the very same message");
            said(RuleStage.KIM, "Kim", 1_000 + i * 100L, "another very same message");
        }
        assertThat(tried(repeat, 1_000).stopped()).isEqualTo(2);
        assertThat(tried(repeat, 1_000).stopped()).as("again").isEqualTo(2);
    }

    @Test
    void showsNoMoreThanSoManyExamples() throws BrokenDefinition {
        for (int i = 0; i < 200; i++) {
            said(RuleStage.KIM, "Kim", i, "buy cheap pills");
        }
        assertThat(tried(PHRASES, 1_000).examples()).hasSize(Trial.MAX_EXAMPLES);
        assertThat(tried(PHRASES, 1_000).stopped()).isEqualTo(200);
    }
}
