// SPDX-License-Identifier: Apache-2.0
package im.bastion.calls;

import static im.bastion.calls.CallsStage.MERCUTIO;
import static im.bastion.calls.Stanzas.DTLS;
import static im.bastion.calls.Stanzas.SDES;
import static im.bastion.calls.Stanzas.VERIFIED;
import static im.bastion.calls.Stanzas.WEAK;
import static im.bastion.calls.Stanzas.content;
import static im.bastion.calls.Stanzas.transport;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.bastion.policy.Mode;
import java.util.List;
import org.dom4j.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xmpp.packet.JID;
import org.xmpp.packet.Packet;

/** Which calls are refused for their media, when, and what people are told; through the gate. */
class MediaPolicyTest {
    private static final String PLAIN = content("0", "audio", "", "");

    private final CallsStage stage = new CallsStage();
    private final JID romeo = stage.romeo;
    private final JID juliet = stage.juliet;

    MediaPolicyTest() {
        stage.settings.set(CallsSettings.MEDIA_ENCRYPTION, Mode.ENFORCE);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {DTLS, VERIFIED})
    void encryptedCallsPass(String fingerprint) {
        String voice = content("0", "audio", "", fingerprint);
        assertThat(stage.says(romeo, juliet, "session-initiate", voice)).isTrue();
        assertThat(stage.says(juliet, romeo, "session-accept", voice)).isTrue();
        assertThat(stage.audit).isEmpty();
    }

    @Test
    void aCallWithoutEncryptionIsRefusedWhenItIsAcceptedAndBothEndsHearWhy() {
        assertThat(stage.says(romeo, juliet, "session-initiate", PLAIN)).isTrue();
        assertThat(stage.says(juliet, romeo, "session-accept", PLAIN)).isFalse();

        await().until(() -> stage.host.stanzas().sent().size() == 3);
        List<Packet> sent = stage.host.stanzas().sent();
        Element error = sent.stream()
                .map(packet -> packet.getElement().element("error"))
                .filter(each -> each != null)
                .findFirst()
                .orElseThrow();
        assertThat(error.element("not-acceptable")).isNotNull();
        assertThat(error.element("crypto-required").getNamespaceURI()).isEqualTo("urn:xmpp:jingle:apps:rtp:errors:1");
        assertThat(error.elementText("text"))
                .isEqualTo("The call was ended by home.example: one side does not encrypt it (rule"
                        + " calls.missing-encryption). Calls here must be encrypted with DTLS-SRTP.");
        assertThat(sent)
                .filteredOn(packet -> packet.getElement().element("jingle") != null)
                .allSatisfy(packet -> {
                    Element jingle = packet.getElement().element("jingle");
                    assertThat(jingle.attributeValue("action")).isEqualTo("session-terminate");
                    assertThat(jingle.attributeValue("sid")).isEqualTo(CallsStage.SID);
                    assertThat(jingle.element("reason").element("security-error"))
                            .isNotNull();
                })
                .extracting(Packet::getTo)
                .containsExactlyInAnyOrder(romeo, juliet);
        assertThat(stage.feature.services().live().get()).isEmpty();
        assertThat(stage.audit).singleElement().satisfies(event -> {
            assertThat(event.action()).isEqualTo("call-refused");
            assertThat(event.actor()).isEqualTo("juliet@home.example");
        });
    }

    @Test
    void aFingerprintThatComesLaterIsNotMissed() {
        assertThat(stage.says(romeo, juliet, "session-initiate", PLAIN)).isTrue();
        assertThat(stage.says(romeo, juliet, "transport-info", transport("0", DTLS)))
                .isTrue();
        assertThat(stage.says(juliet, romeo, "transport-info", transport("0", DTLS)))
                .isTrue();
        assertThat(stage.says(juliet, romeo, "session-accept", PLAIN)).isTrue();
    }

    @Test
    void encryptionThatTheAnswerDropsIsNamed() {
        stage.says(romeo, juliet, "session-initiate", content("0", "audio", SDES, DTLS));
        assertThat(stage.says(juliet, romeo, "session-accept", PLAIN)).isFalse();
        assertThat(rule()).isEqualTo("calls.dropped-encryption");
    }

    @Test
    void keysThatServersReadAreRefusedUnlessTheyAreAllowed() {
        String sdes = content("0", "audio", SDES, "");
        stage.says(romeo, juliet, "session-initiate", sdes);
        assertThat(stage.says(juliet, romeo, "session-accept", sdes)).isFalse();
        assertThat(rule()).isEqualTo("calls.visible-keys");

        stage.settings.set(CallsSettings.VISIBLE_KEYS, true);
        stage.says(romeo, juliet, "session-initiate", sdes);
        assertThat(stage.says(juliet, romeo, "session-accept", sdes)).isTrue();
    }

    @Test
    void aHashThatCanBeForgedIsRefusedAtOnceUnlessABetterOneIsBesideIt() {
        assertThat(stage.says(romeo, juliet, "session-initiate", content("0", "audio", "", WEAK)))
                .isFalse();
        assertThat(rule()).isEqualTo("calls.weak-fingerprint");
        assertThat(stage.says(romeo, juliet, "session-initiate", content("0", "audio", "", WEAK + DTLS)))
                .isTrue();
    }

    @Test
    void aTransportThatIsReplacedMustBeEncryptedToo() {
        String voice = content("0", "audio", "", DTLS);
        stage.says(romeo, juliet, "session-initiate", voice);
        stage.says(juliet, romeo, "session-accept", voice);
        assertThat(stage.says(romeo, juliet, "transport-replace", transport("0", "")))
                .isTrue();
        assertThat(stage.says(juliet, romeo, "transport-accept", transport("0", DTLS)))
                .isFalse();
    }

    @Test
    void aContentThatIsAddedIsJudgedWhenItIsAccepted() {
        String voice = content("0", "audio", "", DTLS);
        stage.says(romeo, juliet, "session-initiate", voice);
        stage.says(juliet, romeo, "session-accept", voice);
        assertThat(stage.says(romeo, juliet, "content-add", content("1", "video", "", "")))
                .isTrue();
        assertThat(stage.says(juliet, romeo, "content-accept", content("1", "video", "", DTLS)))
                .isFalse();
    }

    @Test
    void filesRoomsAndGatewaysAreLeftAlone() {
        JID occupant = new JID("den@conference.home.example/Juliet");
        assertThat(stage.says(romeo, juliet, "session-initiate", Stanzas.file()))
                .isTrue();
        assertThat(stage.says(juliet, romeo, "session-accept", Stanzas.file())).isTrue();
        stage.says(romeo, occupant, "session-initiate", PLAIN);
        assertThat(stage.says(romeo, occupant, "session-accept", PLAIN)).isTrue();
        JID gateway = new JID("+4930123456@sip.home.example");
        stage.says(gateway, romeo, "session-initiate", PLAIN);
        assertThat(stage.says(romeo, gateway, "session-accept", PLAIN)).isTrue();
    }

    @Test
    void observedCallsPassAndAreWrittenDown() {
        stage.settings.set(CallsSettings.MEDIA_ENCRYPTION, Mode.OBSERVE);
        stage.says(romeo, juliet, "session-initiate", PLAIN);
        assertThat(stage.says(juliet, romeo, "session-accept", PLAIN)).isTrue();
        assertThat(stage.audit).extracting(event -> event.action()).containsExactly("call-would-be-refused");
        assertThat(stage.counters.snapshot()).containsEntry("calls.would-be-refused", 1L);
    }

    @Test
    void aDomainMayHaveAModeOfItsOwn() {
        stage.settings.set(CallsSettings.MEDIA_ENCRYPTION, Mode.OFF);
        stage.settings.set(CallsSettings.MEDIA_ENCRYPTION_DOMAINS, "away.example=enforce");
        stage.says(MERCUTIO, romeo, "session-initiate", PLAIN);
        assertThat(stage.says(romeo, MERCUTIO, "session-accept", PLAIN)).isFalse();
        stage.says(juliet, romeo, "session-initiate", PLAIN);
        assertThat(stage.says(romeo, juliet, "session-accept", PLAIN)).isTrue();
    }

    @Test
    void aCallThatWasNotHeardFromItsBeginningIsJudgedByItsAnswerAlone() {
        assertThat(stage.says(juliet, romeo, "session-accept", content("0", "audio", "", DTLS)))
                .isTrue();
        assertThat(stage.says(juliet, romeo, "session-accept", PLAIN)).isFalse();
    }

    private String rule() {
        return stage.audit.get(stage.audit.size() - 1).rule().value();
    }
}
