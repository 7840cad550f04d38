// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.archive;

import static im.bastion.moderation.archive.ArchiveStage.KIM;
import static im.bastion.moderation.archive.ArchiveStage.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.bastion.host.StanzaXml;
import im.bastion.moderation.archive.ArchiveStage.Told;
import im.bastion.moderation.archive.Retractions.Outcome;
import im.bastion.moderation.archive.Retractions.Retraction;
import im.bastion.store.Records;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.dom4j.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A retraction before the host has written the message down, after a restart, and undone. */
class RetractionLifeTest {
    private static final String ODD = "<body>caf\u00e9 &lt;b&gt; &amp; \"'\u00a0\ud83d\ude48 &#13;\n\t  two</body>"
            + "<x xmlns='jabber:x:oob'><url>https://example.org/?a=1&amp;b=2</url></x>"
            + "<p:thing xmlns:p='urn:p' p:a='1'><p:inner/> mixed <q xmlns='urn:q'>x</q></p:thing><body xml:lang='de'> </body>";

    private final ArchiveStage stage = new ArchiveStage();

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void reachesTheRowThatIsWrittenLater() throws Exception {
        String id = stage.say(KIM, "Kim", "buy pills");
        stage.retract(id);
        assertThat(record().pending()).isTrue();

        stage.host.roomArchive().flush();

        awaitTombstone(id);
        assertThat(retracted(stage.logged(id).get(0)))
                .isEqualTo(retracted(stage.live().get(0)))
                .contains(stage.announced().get(0).getID());
        await().until(() -> !record().pending());
        assertThat(stage.announced()).hasSize(1);
    }

    @Test
    void reachesItAfterARestart() throws Exception {
        String id = stage.say(KIM, "Kim", "buy pills");
        stage.retract(id);
        stage.restart();
        stage.host.roomArchive().flush();

        awaitTombstone(id);
        assertThat(stage.announced()).hasSize(1);
        assertThat(stage.undo(record().shown().id()).outcome()).isEqualTo(Outcome.DONE);
        assertThat(stage.logged(id).get(0)).contains("buy pills");
    }

    @Test
    void givesUpAfterAQuarterOfAnHour() throws Exception {
        stage.retract(stage.say(KIM, "Kim", "buy pills"));
        stage.clock = Clock.fixed(NOW.plus(Duration.ofMinutes(16)), ZoneOffset.UTC);
        stage.restart();

        await().until(() -> !record().pending());
        assertThat(record().shown().restorable()).isTrue();
    }

    @Test
    void undoingBringsBackTheSameBytes() {
        String id = stage.say(KIM, "Kim", "m1", ODD);
        stage.host.roomArchive().flush();
        String live = stage.live().get(0);
        List<String> row = stage.logged(id);
        String retraction = stage.retract(id).id();
        stage.restart();

        Told undone = stage.undo(retraction);

        assertThat(undone.outcome()).isEqualTo(Outcome.DONE);
        assertThat(undone.retractions().get(0).undone()).isTrue();
        assertThat(stage.live().get(0)).isEqualTo(live);
        assertThat(stage.logged(id)).isEqualTo(row);
        assertThat(stage.announced()).hasSize(2);
        assertThat(stage.announced().get(1).getBody()).startsWith("A moderator restored a message");
        assertThat(stage.audited()).containsExactly("message-retracted bastion", "retraction-undone bastion");
    }

    @Test
    void undoneBeforeItWasWrittenItIsWrittenAsItWas() throws Exception {
        String id = stage.say(KIM, "Kim", "sorry");
        String retraction = stage.retract(id).id();
        assertThat(stage.undo(retraction).outcome()).isEqualTo(Outcome.DONE);
        stage.host.roomArchive().flush();
        stage.restart();

        assertThat(record().pending()).isFalse();
        assertThat(stage.logged(id).get(0)).contains("sorry");
        assertThat(stage.live().get(0)).contains("sorry");
    }

    @Test
    void undoingTwiceIsUndoingOnceAndItCanBeRetractedAgain() {
        String id = stage.say(KIM, "Kim", "maybe");
        stage.host.roomArchive().flush();
        String retraction = stage.retract(id).id();
        stage.undo(retraction);

        assertThat(stage.undo(retraction).outcome()).isEqualTo(Outcome.ALREADY);
        assertThat(stage.announced()).hasSize(2);
        assertThat(stage.undo("unknown").outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(stage.retract(id).outcome()).isEqualTo(Outcome.DONE);
        assertThat(stage.live().get(0)).doesNotContain("maybe");
        assertThat(stage.undo(retraction).outcome()).isEqualTo(Outcome.DONE);
        assertThat(stage.live().get(0) + stage.logged(id)).contains("maybe").doesNotContain("retracted");
    }

    @Test
    void whatCannotBeUnsealedIsNotSaidToBeRestored() {
        String id = stage.say(KIM, "Kim", "gone");
        String retraction = stage.retract(id).id();
        stage.host.properties().set("plugin.bastion.moderation.evidence-password-key", null);
        stage.restart();

        assertThat(stage.undo(retraction).outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(stage.announced()).hasSize(1);
        assertThat(stage.retractions.find(retraction)).map(Retraction::undone).contains(false);
    }

    @Test
    void whatStoppedHalfwayGoesOnWhenTriedAgain() {
        String id = stage.say(KIM, "Kim", "m1", ODD);
        stage.host.roomArchive().flush();
        String live = stage.live().get(0);
        stage.records = new FailingOnce(stage.records, 2);
        stage.restart();

        assertThat(stage.retract(id).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(stage.retract(id).outcome()).isEqualTo(Outcome.DONE);
        assertThat(stage.retract(id).outcome()).isEqualTo(Outcome.ALREADY);
        assertThat(stage.live().get(0)).doesNotContain("two");
        String retraction = stage.retractions
                .latest(stage.den, NOW.plusSeconds(1), 1)
                .get(0)
                .id();
        stage.undo(retraction);
        assertThat(stage.live().get(0)).isEqualTo(live);
    }

    @Test
    void theDatabaseHoldsNoReadableOriginalAndForgetsIt() throws Exception {
        stage.retract(stage.say(KIM, "Kim", "buy pills"));
        stage.host.roomArchive().flush();
        Records.Row row =
                stage.records.newest(RetractionRecord.KIND, Long.MAX_VALUE, 1).get(0);

        assertThat(row.body()).doesNotContain("pills");
        assertThat(row.expiresAt()).isEqualTo(NOW.plus(Duration.ofDays(30)).toEpochMilli());
    }

    @Test
    void theLatestAreListedByRoom() {
        String id = stage.say(KIM, "Kim", "buy pills");
        Retraction made = stage.retract(id).retractions().get(0);

        assertThat(stage.retractions.latest(stage.den, NOW.plusSeconds(1), 10))
                .extracting(Retraction::id)
                .containsExactly(made.id());
        assertThat(stage.retractions.latest(null, NOW.plusSeconds(1), 10)).hasSize(1);
        assertThat(stage.retractions.latest(stage.den, NOW, 10)).isEmpty();
        assertThat(made.author()).isEqualTo(KIM.asBareJID());
        assertThat(made.nickname()).isEqualTo("Kim");
        assertThat(made.stanzaId()).isEqualTo(id);
    }

    private void awaitTombstone(String id) {
        await().untilAsserted(() ->
                assertThat(stage.logged(id).toString()).contains("retracted").doesNotContain("pills"));
    }

    private RetractionRecord record() throws SQLException {
        return RetractionRecord.of(
                stage.records.newest(RetractionRecord.KIND, Long.MAX_VALUE, 1).get(0));
    }

    private static String retracted(String xml) {
        Element retracted = StanzaXml.parse(xml).element("retracted");
        return retracted.asXML();
    }
}
