// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import static im.bastion.omemo.Stanza.publish;
import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.audit.AuditEvent;
import im.bastion.policy.Mode;
import im.bastion.policy.Refusal;
import im.bastion.policy.Verdict;
import org.junit.jupiter.api.Test;

/** What becomes of a publish that the checks have something to say about. */
class CheckedPublishesTest extends OmemoStage {
    private static final String SHORT_KEY = ITEM.replaceAll("<ik>[^<]*</ik>", "<ik>AAAA</ik>");
    private static final String PREKEY_ZERO = ITEM.replace("<pk id=\"1\">", "<pk id=\"0\">");

    @Test
    void whatNoClientCouldUseIsRefusedWithAnErrorThatNamesTheField() {
        Refusal refusal = refusal(publish(BUNDLES, SHORT_KEY, ""));

        assertThat(refusal.condition()).isEqualTo("bad-request");
        assertThat(refusal.specific().name()).isEqualTo("invalid-payload");
        assertThat(refusal.text()).contains("ik has 3 bytes instead of 32").contains("XEP-0384");
        assertThat(audit)
                .filteredOn(event -> event.rule().value().equals("omemo.key-length"))
                .extracting(AuditEvent::action, AuditEvent::mode)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("publish-refused", Mode.ENFORCE));
    }

    @Test
    void whatRealClientsPublishPassesAndIsNotedOnce() {
        assertThat(enter(publish(BUNDLES, PREKEY_ZERO, ""))).isEqualTo(Verdict.PASS);
        enter(publish(BUNDLES, PREKEY_ZERO, ""));

        assertThat(audit).hasSize(1);
        assertThat(audit.get(0).action()).isEqualTo("publish-questioned");
        assertThat(audit.get(0).rule().value()).isEqualTo("omemo.prekey-id-range");
        assertThat(counters.snapshot()).containsEntry("omemo.publishes-questioned", 2L);
    }

    @Test
    void whereTheAdminIsStrictItIsRefused() {
        settings.set(OmemoSettings.STRICT, true);

        Refusal refusal = refusal(publish(BUNDLES, PREKEY_ZERO, ""));

        assertThat(refusal.condition()).isEqualTo("policy-violation");
        assertThat(refusal.text()).contains("id of a pk is not 1 to 2147483647");
    }

    @Test
    void observingRefusesNothing() {
        settings.set(OmemoSettings.MODE, Mode.OBSERVE);

        assertThat(enter(publish(BUNDLES, SHORT_KEY, ""))).isEqualTo(Verdict.PASS);
        assertThat(audit)
                .extracting(AuditEvent::action, AuditEvent::mode)
                .contains(org.assertj.core.groups.Tuple.tuple("publish-refused", Mode.OBSERVE));
    }

    @Test
    void theGenerationInBetweenIsNotLookedAt() {
        assertThat(enter(publish("urn:xmpp:omemo:1:bundles", "<item id='x'><bundle xmlns='urn:x'/></item>", "")))
                .isEqualTo(Verdict.PASS);
        assertThat(audit).isEmpty();
    }
}
