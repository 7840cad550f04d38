// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.bastion.federation.tester.fact.OfferAnswer;
import im.bastion.federation.tester.fact.OfferAnswer.Kind;
import im.bastion.federation.tester.fact.TlsOffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TlsHelloTest {
    /** A ServerHello of TLS 1.0 with an empty session and the given suite. */
    private static String hello(String version, String suite, String extensions) {
        String body = version + "5a".repeat(32) + "00" + suite + "00" + extensions;
        int length = body.length() / 2;
        return "16" + "0301" + "%04x".formatted(length + 4) + "02" + "%06x".formatted(length) + body;
    }

    private static OfferAnswer read(String hex, TlsOffer offer) throws IOException {
        return TlsHello.server(new ByteArrayInputStream(HexFormat.of().parseHex(hex)), offer);
    }

    @ParameterizedTest
    @EnumSource(TlsOffer.class)
    void whatIsOfferedIsARecordWithOneHandshakeMessageOfTheLengthItSays(TlsOffer offer) {
        byte[] record = TlsHello.client(offer, "peer.test", "xmpp-server");

        assertThat(record[0]).isEqualTo((byte) 22);
        assertThat((record[3] & 0xFF) << 8 | (record[4] & 0xFF)).isEqualTo(record.length - 5);
        assertThat(record[5]).isEqualTo((byte) 1);
        assertThat((record[7] & 0xFF) << 8 | (record[8] & 0xFF)).isEqualTo(record.length - 9);
        assertThat(new String(record, java.nio.charset.StandardCharsets.ISO_8859_1))
                .contains("peer.test", "xmpp-server");
    }

    @Test
    void aServerHelloWithTheOfferedVersionAndSuiteAcceptsTheOffer() throws IOException {
        assertThat(read(hello("0301", "002f", ""), TlsOffer.TLS_1_0))
                .isEqualTo(new OfferAnswer(Kind.ACCEPTED, "TLS_RSA_WITH_AES_128_CBC_SHA"));
        assertThat(read(hello("0303", "000a", ""), TlsOffer.WEAK))
                .isEqualTo(new OfferAnswer(Kind.ACCEPTED, "TLS_RSA_WITH_3DES_EDE_CBC_SHA"));
        assertThat(read(hello("0303", "1301", "0006002b00020304"), TlsOffer.TLS_1_3))
                .isEqualTo(new OfferAnswer(Kind.ACCEPTED, "TLS_AES_128_GCM_SHA256"));
        assertThat(read(hello("0303", "1302", "000c00330002001d002b00020304"), TlsOffer.TLS_1_3)
                        .isAccepted())
                .isTrue();
    }

    @Test
    void anAlertAnotherVersionAnotherSuiteAndSilenceRefuseIt() throws IOException {
        assertThat(read("15030100020228", TlsOffer.TLS_1_0).kind()).isEqualTo(Kind.REFUSED);
        assertThat(read(hello("0301", "002f", ""), TlsOffer.TLS_1_1).kind()).isEqualTo(Kind.REFUSED);
        assertThat(read(hello("0303", "c02f", ""), TlsOffer.CBC).kind()).isEqualTo(Kind.REFUSED);
        assertThat(read(hello("0303", "1301", ""), TlsOffer.TLS_1_3).kind()).isEqualTo(Kind.REFUSED);
        assertThat(read("", TlsOffer.TLS_1_0).kind()).isEqualTo(Kind.REFUSED);
    }

    @Test
    void whatIsNoTlsIsAnError() {
        assertThatThrownBy(() -> read("485454502f312e3120343030", TlsOffer.TLS_1_2))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read("160301ffff", TlsOffer.TLS_1_2)).hasMessage("it sent what is no TLS");
        assertThatThrownBy(() -> read("1603010004" + "0b000000", TlsOffer.TLS_1_2))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read("1603010006" + "020000020303", TlsOffer.TLS_1_2))
                .isInstanceOf(IOException.class);
    }

    @Test
    void everySuiteThatIsOfferedHasAName() {
        assertThat(Arrays.stream(TlsOffer.values()).flatMap(offer -> offer.suites().stream()))
                .allMatch(suite -> SuiteNames.of(suite).startsWith("TLS_"));
        assertThat(SuiteNames.of(0xFEFE)).isEqualTo("0xFEFE");
    }
}
