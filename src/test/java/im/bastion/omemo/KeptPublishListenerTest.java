// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import static im.bastion.omemo.Stanza.element;
import static im.bastion.omemo.Stanza.iq;
import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.gate.Interest;
import im.bastion.gate.Passage;
import im.bastion.host.Pep;
import im.bastion.host.Point;
import im.bastion.policy.Mode;
import im.bastion.policy.Verdict;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.IQ;

/** Who hears of a kept publish, and what it matters when one of them fails. */
class KeptPublishListenerTest extends OmemoStage {
    private static final NodeDemand NONE = new NodeDemand() {
        @Override
        public void check(Pep.Node existing) {}

        @Override
        public Map<String, String> changes(Pep.Node now, boolean created) {
            return Map.of();
        }
    };

    @Test
    void oneThatFailsMakesNoTrueResultFalseAndKeepsNothingFromTheOthers() {
        List<String> heard = new ArrayList<>();
        AwaitedPublishes awaited = new AwaitedPublishes(Clock.systemUTC());
        OmemoRecord record = new OmemoRecord(audit::add, counters, health, Clock.systemUTC());
        PublishAnswers answers = new PublishAnswers(
                host.pep(),
                awaited,
                List.of(
                        publish -> {
                            throw new IllegalStateException("deliberate");
                        },
                        publish -> heard.add(publish.nodeId())),
                record);
        hostMakes(BUNDLES, "open", true, 256);
        awaited.add("p1", new AwaitedPublishes.Publish(PHONE, BUNDLES, List.of(element(ITEM)), NONE, false));
        IQ result = iq("<iq type='result' id='p1' to='romeo@home.example/phone'/>");

        Verdict verdict = answers.judge(
                new Passage(Point.DELIVERING, result, null, PHONE, PHONE, null, Interest.ANSWER),
                new OmemoPolicy(Mode.ENFORCE, 256, false, true, 0, false, false));

        assertThat(verdict).isEqualTo(Verdict.PASS);
        assertThat(result.getType()).isEqualTo(IQ.Type.result);
        assertThat(heard).containsExactly(BUNDLES);
        assertThat(host.pep().persisted()).containsExactly(BUNDLES + " 101");
    }
}
