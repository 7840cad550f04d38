// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.wire;

import static im.bastion.omemo.Stanza.element;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleTest {
    private static final String GOOD = "<bundle xmlns='urn:xmpp:omemo:2'><spk id='1'>AAE=</spk><spks>AgM=</spks>"
            + "<ik>BAU=</ik><prekeys><pk id='0'>Bg==</pk><pk id='4294967295'>Bw==</pk></prekeys></bundle>";

    @Test
    void readsAllParts() throws OmemoFormatException {
        Bundle bundle = Bundle.parse(element(GOOD));

        assertThat(bundle.signedPreKeyId()).isEqualTo(1);
        assertThat(bundle.signedPreKey().toArray()).containsExactly(0, 1);
        assertThat(bundle.signature().toArray()).containsExactly(2, 3);
        assertThat(bundle.identityKey().toArray()).containsExactly(4, 5);
        assertThat(bundle.preKeys())
                .containsExactly(
                        new Bundle.PreKey(0, KeyBytes.of(new byte[] {6})),
                        new Bundle.PreKey(0xFFFF_FFFFL, KeyBytes.of(new byte[] {7})));
    }

    @Test
    void readsTheLegacyNames() throws OmemoFormatException {
        Bundle bundle = Bundle.parse(element("<bundle xmlns='eu.siacs.conversations.axolotl'>"
                + "<signedPreKeyPublic signedPreKeyId='9'>AAE=</signedPreKeyPublic>"
                + "<signedPreKeySignature>AgM=</signedPreKeySignature><identityKey>BAU=</identityKey>"
                + "<prekeys><preKeyPublic preKeyId='3'>Bg==</preKeyPublic></prekeys></bundle>"));

        assertThat(bundle.generation()).isEqualTo(OmemoGeneration.LEGACY);
        assertThat(bundle.signedPreKeyId()).isEqualTo(9);
        assertThat(bundle.preKeys()).extracting(Bundle.PreKey::id).containsExactly(3L);
    }

    @Test
    void allowsWhiteSpaceInBase64() throws OmemoFormatException {
        Bundle bundle = Bundle.parse(element(GOOD.replace("BAU=", "\n  BA\r\n\tU= ")));

        assertThat(bundle.identityKey().toArray()).containsExactly(4, 5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<ik>BAU=</ik>->",
                "<ik>BAU=</ik>-><ik>BAU=</ik><ik>BAU=</ik>",
                "<spks>AgM=</spks>->",
                "prekeys>->prekey>",
                "BAU=->B_U=",
                "BAU=->BAU=junk",
                "id='1'->",
                "id='1'->id='-1'",
                "id='1'->id='4294967296'",
                "id='1'->id='١'",
                "<prekeys>-><prekeys xmlns='urn:x'>",
                "urn:xmpp:omemo:2->urn:xmpp:omemo:9"
            })
    void refusesWhatIsNoBundle(String replacement) {
        String[] fromTo = replacement.split("->", -1);
        String xml = GOOD.replace(fromTo[0], fromTo[1]);

        assertThatThrownBy(() -> Bundle.parse(element(xml))).isInstanceOf(OmemoFormatException.class);
    }

    @Test
    void takesMissingPaddingAndRemembersIt() throws OmemoFormatException {
        KeyBytes key = Bundle.parse(element(GOOD.replace("BAU=", "BAU"))).identityKey();

        assertThat(key.toArray()).containsExactly(4, 5);
        assertThat(key.isCanonical()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"id='0'->id='x'", "id='0'->id='4294967296'", "Bg==->B_==", "id='0'->"})
    void oneBadPreKeyIsLeftOutAndNamed(String replacement) throws OmemoFormatException {
        String[] fromTo = replacement.split("->", -1);
        Bundle bundle = Bundle.parse(element(GOOD.replace(fromTo[0], fromTo[1])));

        assertThat(bundle.preKeys()).extracting(Bundle.PreKey::id).containsExactly(0xFFFF_FFFFL);
        assertThat(bundle.oddities()).hasSize(1).allMatch(oddity -> oddity.contains("pk"));
    }

    @Test
    void refusesKeysAndListsBeyondAllMeasure() {
        String longKey = GOOD.replace("BAU=", "A".repeat(KeyBytes.MAX_TEXT + 4));
        StringBuilder many = new StringBuilder();
        for (int id = 0; id <= Bundle.MAX_PRE_KEYS; id++) {
            many.append("<pk id='").append(id).append("'>Bg==</pk>");
        }
        String manyKeys = GOOD.replaceAll("<pk .*</pk>", many.toString());

        assertThatThrownBy(() -> Bundle.parse(element(longKey))).hasMessageContaining("1024");
        assertThatThrownBy(() -> Bundle.parse(element(manyKeys))).hasMessageContaining("5000");
    }

    @Test
    void neverQuotesAKeyInItsError() {
        assertThatThrownBy(() -> Bundle.parse(element(GOOD.replace("BAU=", "SECRET!!"))))
                .isInstanceOf(OmemoFormatException.class)
                .hasMessageNotContaining("SECRET");
    }

    @Property(tries = 100)
    void readsWhatItWrites(
            @ForAll OmemoGeneration generation,
            @ForAll @LongRange(min = 0, max = 0xFFFF_FFFFL) long signedPreKeyId,
            @ForAll @Size(max = 40) byte[] key,
            @ForAll @Size(max = 30) Map<@LongRange(min = 0, max = 0xFFFF_FFFFL) Long, @Size(max = 40) byte[]> preKeys)
            throws OmemoFormatException {
        Bundle bundle = new Bundle(
                generation,
                signedPreKeyId,
                KeyBytes.of(key),
                KeyBytes.of(key),
                KeyBytes.of(key),
                preKeys.entrySet().stream()
                        .map(e -> new Bundle.PreKey(e.getKey(), KeyBytes.of(e.getValue())))
                        .toList());

        assertThat(Bundle.parse(element(bundle.toElement().asXML()))).isEqualTo(bundle);
    }
}
