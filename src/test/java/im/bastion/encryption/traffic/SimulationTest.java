// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.encryption.Sample;
import im.bastion.encryption.message.Shown;
import im.bastion.encryption.rule.EncryptionRule;
import im.bastion.encryption.rule.End;
import im.bastion.encryption.rule.RuleBook;
import im.bastion.encryption.rule.RuleReader;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.PolicyRow;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private static final End ROMEO = account("romeo@home.example");
    private static final End JULIET = account("juliet@home.example");
    private static final End MERCUTIO = account("mercutio@away.example");
    private static final Shown CLEAR = Sample.shown(Sample.body("noon"));
    private static final Shown OMEMO = Sample.shown(Sample.omemo2());

    private final Conversations conversations = new Conversations();

    @Test
    void tellsWhichConversationsADraftWouldHaveRefused() {
        conversations.saw(10, ROMEO, JULIET, OMEMO);
        conversations.saw(10, JULIET, ROMEO, CLEAR);
        conversations.saw(11, JULIET, ROMEO, CLEAR);
        conversations.saw(10, ROMEO, MERCUTIO, CLEAR);
        conversations.saw(9, ROMEO, MERCUTIO, CLEAR);
        RuleBook draft = book("{\"domains\":[\"home.example\"],\"except\":[\"away.example\"],"
                + "\"schemes\":{\"omemo-2\":\"require\"}}");

        Simulation.Result result =
                Simulation.of(conversations.since(10), draft, RuleBook.EMPTY, Instant.MAX, "home.example");

        assertThat(result.conversations()).isEqualTo(2);
        assertThat(result.refused()).isEqualTo(1);
        assertThat(result.refusedNow()).isZero();
        assertThat(result.messages()).isEqualTo(4);
        assertThat(result.messagesRefused()).isEqualTo(2);
        assertThat(result.lines()).singleElement().satisfies(line -> {
            assertThat(line.from()).isEqualTo("juliet@home.example");
            assertThat(line.to()).isEqualTo("romeo@home.example");
            assertThat(line.messages()).isEqualTo(2);
            assertThat(line.why()).contains("OMEMO 2", "encryption.draft");
        });
    }

    @Test
    void comparesWithThePolicyAsItIs() {
        conversations.saw(10, ROMEO, JULIET, CLEAR);
        RuleBook now = book("{\"domains\":[\"*\"],\"schemes\":{\"ox\":\"require\"}}");

        Simulation.Result result =
                Simulation.of(conversations.since(0), RuleBook.EMPTY, now, Instant.MAX, "home.example");

        assertThat(result.refused()).isZero();
        assertThat(result.refusedNow()).isEqualTo(1);
    }

    @Test
    void daysThatAreOverAreForgotten() {
        conversations.saw(10, ROMEO, JULIET, CLEAR);
        conversations.saw(11, ROMEO, JULIET, CLEAR);
        conversations.forget(11);

        assertThat(conversations.since(0)).singleElement().satisfies(seen -> assertThat(seen.day())
                .isEqualTo(11));
    }

    @Test
    void thereAreLimitsAndWhatIsBeyondIsCounted() {
        for (int i = 0; i < Conversations.MAX + 5; i++) {
            conversations.saw(10, account("u" + i + "@home.example"), JULIET, CLEAR);
        }
        for (int leak = 0; leak < Conversations.MAX_SHAPES + 3; leak++) {
            conversations.saw(
                    10, account("u1@home.example"), JULIET, new Shown(0, 0, 0, 0, 2 + leak, Shown.Carrier.NONE));
        }

        assertThat(conversations.since(0)).hasSize(Conversations.MAX + Conversations.MAX_SHAPES - 1);
        assertThat(conversations.leftOut()).isEqualTo(5 + 4);
    }

    private static End account(String jid) {
        return new End(jid, jid.substring(jid.indexOf('@') + 1), End.Kind.ACCOUNT);
    }

    private static RuleBook book(String body) {
        PolicyRow row = new PolicyRow(new RuleId("encryption.draft"), 1, Mode.ENFORCE, body, "admin", Instant.EPOCH);
        EncryptionRule rule = RuleReader.read(row, Mode.ENFORCE, group -> Set.of());
        return new RuleBook(List.of(rule));
    }
}
