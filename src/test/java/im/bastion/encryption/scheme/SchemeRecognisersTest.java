// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.scheme;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.encryption.Sample;
import im.bastion.host.StanzaXml;
import java.util.List;
import java.util.stream.Stream;
import org.dom4j.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemeRecognisersTest {
    @ParameterizedTest
    @EnumSource(Scheme.class)
    void eachSchemeHasOneRecogniser(Scheme scheme) {
        assertThat(SchemeRecognisers.ALL)
                .filteredOn(one -> one.scheme() == scheme)
                .hasSize(1);
    }

    static Stream<Arguments> real() {
        return Stream.of(
                Arguments.of(Scheme.OMEMO_LEGACY, Sample.legacy()),
                Arguments.of(Scheme.OMEMO_1, Sample.omemo("urn:xmpp:omemo:1")),
                Arguments.of(Scheme.OMEMO_2, Sample.omemo2()),
                Arguments.of(Scheme.OX, Sample.ox("signed-and-encrypted")),
                Arguments.of(Scheme.OX, Sample.ox("encrypted")),
                Arguments.of(Scheme.OX, Sample.ox("encrypted-in-parts")),
                Arguments.of(Scheme.PGP, Sample.pgp("encrypted")),
                Arguments.of(Scheme.PGP, Sample.pgp("armour-with-checksum")),
                Arguments.of(Scheme.OTR, Sample.body(Sample.otr())));
    }

    @ParameterizedTest
    @MethodSource("real")
    void isProvenByItsOwnMessagesAndByNoOther(Scheme scheme, String child) {
        assertThat(proven(child)).containsExactly(scheme);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<encrypted xmlns='NS'/>",
                "<encrypted xmlns='NS'><header/></encrypted>",
                "<encrypted xmlns='NS'><header sid='1'/><payload>c2VjcmV0</payload></encrypted>",
                "<encrypted xmlns='NS'><header sid='1'><iv>c2VjcmV0</iv></header><payload>c2VjcmV0</payload></encrypted>",
                "<encrypted xmlns='NS'><header><key rid='1'>KEY</key></header><payload>c2VjcmV0</payload></encrypted>",
                "<encrypted xmlns='NS'><header sid='me'><key rid='1'>KEY</key></header><payload>c2Vj</payload></encrypted>",
                "<encrypted xmlns='NS'><header sid='1'><key rid='1'/></header><payload>c2VjcmV0</payload></encrypted>",
                "<encrypted xmlns='NS'><header sid='1'><key rid='1'>c2hvcnQ=</key></header><payload>c2Vj</payload></encrypted>",
                "<encrypted xmlns='NS'><header sid='1'><key rid='1'>the plans are under the stone, all of them, come at"
                        + " night</key></header><payload>c2Vj</payload></encrypted>",
                "<encrypted xmlns='NS'><header sid='1'><key rid='1'>KEY</key><key rid='2'>meet me at noon</key></header>"
                        + "<payload>c2Vj</payload></encrypted>",
                "<encrypted xmlns='NS'><header sid='1'><key rid='one'>KEY</key></header><payload>c2Vj</payload></encrypted>",
                "<encrypted xmlns='NS'><header sid='1'><key rid='1'>KEY</key></header><payload>not base64!</payload>"
                        + "</encrypted>",
                "<encrypted xmlns='NS'><header sid='1'><key rid='1'>KEY</key></header><payload/></encrypted>",
                "<encrypted xmlns='NS'><header sid='99999999999'><key rid='1'>KEY</key></header><payload>c2Vj</payload>"
                        + "</encrypted>",
                "<encrypted xmlns='NS'><header sid='1'><keys jid='a@b'><key rid='1'>KEY</key></keys></header>"
                        + "<payload>c2Vj</payload></encrypted>"
            })
    void omemoWithoutKeysForAnybodyProvesNothing(String xml) {
        String child = xml.replace("NS", Sample.LEGACY).replace("KEY", Sample.KEY);

        assertThat(look(Scheme.OMEMO_LEGACY, child)).isEqualTo(Proof.HOLLOW);
    }

    @Test
    void omemo2WithItsKeysWhereTheLegacyOneHasThemProvesNothing() {
        assertThat(look(Scheme.OMEMO_2, Sample.legacy().replace(Sample.LEGACY, Sample.OMEMO_2)))
                .isEqualTo(Proof.HOLLOW);
    }

    @Test
    void omemoWithoutPayloadCarriesKeys() {
        assertThat(look(Scheme.OMEMO_LEGACY, Sample.keyTransport())).isEqualTo(Proof.NEGOTIATES);
    }

    @Test
    void omemoOfClientsThatBreakLinesIsProven() {
        String broken = Sample.legacy()
                .replace(Sample.KEY, "\n" + Sample.KEY.substring(0, 44) + "\n  " + Sample.KEY.substring(44) + "\n");

        assertThat(look(Scheme.OMEMO_LEGACY, broken)).isEqualTo(Proof.PROVEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"signed", "signed-not-compressed", "literal"})
    void openPgpThatIsOnlySignedCanBeRead(String vector) {
        assertThat(look(Scheme.OX, Sample.ox(vector))).isEqualTo(Proof.READABLE);
        assertThat(look(Scheme.PGP, Sample.pgp(vector))).isEqualTo(Proof.READABLE);
    }

    @Test
    void aSignatureAlongPresenceIsNoEncryption() {
        assertThat(look(Scheme.PGP, "<x xmlns='jabber:x:signed'>" + Sample.vector("encrypted") + "</x>"))
                .isEqualTo(Proof.ABSENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secret", "c2VjcmV0", "gA==", "wV4="})
    void openPgpThatIsNoneProvesNothing(String text) {
        assertThat(look(Scheme.OX, "<openpgp xmlns='urn:xmpp:openpgp:0'>" + text + "</openpgp>"))
                .isEqualTo(Proof.HOLLOW);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "?OTR?; NEGOTIATES",
                "?OTRv23?; NEGOTIATES",
                "?OTR?v2?; NEGOTIATES",
                "?OTRv?; NEGOTIATES",
                "?OTR:AAMC" + "AAAA.; NEGOTIATES",
                "?OTR:AAMD" + "AAAA.; PROVEN",
                "?OTR,1,3,?OTR:AAMDAAAA,; PROVEN",
                "?OTR|5a73a599|27e31597,00002,00003,AAAA.,; PROVEN",
                "?OTR hello; ABSENT",
                "?OTR Error: you sent garbage; ABSENT",
                "?OTRv23? Romeo asks for a private conversation; ABSENT",
                "?OTR:meet me at noon.; ABSENT",
                "?OTR:c2VjcmV0.; ABSENT",
                "?OTR:AAMDAAAA; ABSENT",
                "?OTR,4,3,AAAA,; ABSENT",
                "?OTR,0,3,AAAA,; ABSENT",
                "?OTR,1,3,meet me,; ABSENT",
                "?OTR,1,AAAA,; ABSENT",
                "?OTR|xyz|1,1,2,AAAA,; ABSENT",
                "?OT; ABSENT",
                "hello ?OTRv23?; ABSENT"
            })
    void otrIsItsEncodingAndNotItsFirstLetters(String body, Proof proof) {
        assertThat(look(Scheme.OTR, Sample.body(body))).isEqualTo(proof);
    }

    @Test
    void otrInAnElementThatIsNoBodyIsNothing() {
        assertThat(look(Scheme.OTR, "<body xmlns='http://www.w3.org/1999/xhtml'>" + Sample.otr() + "</body>"))
                .isEqualTo(Proof.ABSENT);
    }

    private static List<Scheme> proven(String child) {
        Element element = StanzaXml.parse(child);
        return SchemeRecognisers.ALL.stream()
                .filter(one -> one.look(element) == Proof.PROVEN)
                .map(SchemeRecogniser::scheme)
                .toList();
    }

    private static Proof look(Scheme scheme, String child) {
        return SchemeRecognisers.ALL.stream()
                .filter(one -> one.scheme() == scheme)
                .findFirst()
                .orElseThrow()
                .look(StanzaXml.parse(child));
    }
}
