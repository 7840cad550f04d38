// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.book;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.rule.ActiveRule;
import im.bastion.moderation.rule.RuleOutcome;
import im.bastion.moderation.rule.RuleStage;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.PolicyRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.Message;

class RuleIndexTest {
    private final RuleStage stage = new RuleStage();
    private final RuleBook book = book(
            "{'type':'listed-phrase','phrases':['buy now','casino']}",
            "{'type':'listed-phrase','phrases':['casino','ass'],'anywhere':true}",
            "{'type':'listed-phrase','phrases':['casino'],'leet':true}",
            "{'type':'listed-phrase','phrases':['buy now'],'spaced':true}",
            "{'type':'listed-phrase','phrases':['cop'],'lookalikes':'all'}",
            "{'type':'listed-phrase','phrases':['cop'],'lookalikes':'off'}",
            "{'type':'pattern','patterns':['cas+ino','(buy|sell) now']}",
            "{'type':'pattern','patterns':['bonus \\\\d+']}",
            "{'type':'link'}",
            "{'type':'length'}");

    private static RuleBook book(String... bodies) {
        List<PolicyRow> rows = new ArrayList<>();
        for (String body : bodies) {
            RuleId id = new RuleId("moderation.r" + rows.size());
            rows.add(new PolicyRow(id, 1, Mode.ENFORCE, body.replace('\'', '"'), "admin", Instant.EPOCH));
        }
        RuleBook book = RuleBook.of(RuleTypes.ALL).with(rows);
        assertThat(book.problems()).isEmpty();
        return book;
    }

    private RoomEvent says(String body) {
        Message message = new Message();
        message.setType(Message.Type.groupchat);
        message.setBody(body);
        return stage.event(RuleStage.KIM, message);
    }

    @Test
    void passesOverRulesWhoseWordsAreNotThere() {
        assertThat(book.candidates(says("good morning")))
                .extracting(active -> active.type().name())
                .containsExactly("link", "length");
        assertThat(book.candidates(says("good morning"))).as("the same list").isSameAs(book.candidates(says("hi")));
    }

    @Test
    void asksInTheBooksOrder() {
        assertThat(book.candidates(says("bonus 7 at the casino")))
                .isSubsetOf(book.rules())
                .isSortedAccordingTo(
                        (a, b) -> book.rules().indexOf(a) - book.rules().indexOf(b));
    }

    @Property(tries = 3_000)
    void whatIsPassedOverWouldHaveFoundNothing(@ForAll("sayings") String body) {
        RoomEvent event = says(body);
        List<ActiveRule> asked = book.candidates(event);
        for (ActiveRule active : book.rules()) {
            if (!asked.contains(active)) {
                assertThat(stage.judge(active.rule(), event))
                        .as("%s on %s", active.id(), body)
                        .isNotInstanceOf(RuleOutcome.Finding.class);
            }
        }
    }

    @Provide
    Arbitrary<String> sayings() {
        Arbitrary<String> parts = Arbitraries.of(
                "buy",
                "now",
                "b u y",
                "n o w",
                "casino",
                "c4s1n0",
                "саsino",
                "класс",
                "cop",
                "сор",
                "caSSSino",
                "sell",
                "bonus",
                "7",
                " ",
                " ",
                "-",
                "!",
                "\u200B",
                "ass",
                "glasses",
                "\u0338");
        return parts.list().ofMaxSize(12).map(list -> String.join("", list));
    }
}
