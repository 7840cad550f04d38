// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.bastion.federation.tester.fact.Starttls;
import im.bastion.federation.tester.fact.StreamFeatures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamReaderTest {
    private static final String HEADER = "<?xml version='1.0'?><stream:stream xmlns='jabber:server'"
            + " xmlns:stream='http://etherx.jabber.org/streams' id='1' version='1.0'>";
    private static final String PROCEED = "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>";

    private static StreamReader reading(String text) throws IOException {
        return new StreamReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static StreamFeatures features(String text) throws IOException {
        return reading(HEADER + "<stream:features>" + text + "</stream:features>")
                .open();
    }

    @Test
    void featuresSayWhatIsOffered() throws IOException {
        assertThat(features("")).isEqualTo(new StreamFeatures(Starttls.ABSENT, java.util.List.of(), false));
        assertThat(features("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>")
                        .starttls())
                .isEqualTo(Starttls.OFFERED);
        assertThat(features("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls>")
                        .starttls())
                .isEqualTo(Starttls.REQUIRED);
        assertThat(features("<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><mechanism>EXTERNAL</mechanism>"
                        + "<mechanism>PLAIN</mechanism></mechanisms>"
                        + "<dialback xmlns='urn:xmpp:features:dialback'><errors/></dialback>"))
                .isEqualTo(new StreamFeatures(Starttls.ABSENT, java.util.List.of("EXTERNAL", "PLAIN"), true));
    }

    @Test
    void dialbackIsAlsoOfferedByItsNamespace() throws IOException {
        String declared =
                HEADER.replace("xmlns='jabber:server'", "xmlns='jabber:server' xmlns:db='jabber:server:dialback'");

        assertThat(reading(declared + "<stream:features/>").open().dialback()).isTrue();
    }

    @Test
    void aServerOfBeforeVersionOneHasNoFeatures() throws IOException {
        StreamFeatures features =
                reading(HEADER.replace(" version='1.0'>", ">")).open();

        assertThat(features.starttls()).isEqualTo(Starttls.ABSENT);
    }

    @Test
    void notAByteBehindTheElementIsTaken() throws IOException {
        String text = HEADER + "<stream:features/>" + PROCEED;
        ByteArrayInputStream in = new ByteArrayInputStream((text + "rest").getBytes(StandardCharsets.UTF_8));
        StreamReader reader = new StreamReader(in);
        var unused = reader.open();

        assertThat(reader.next().name()).isEqualTo("proceed");
        assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("rest");
    }

    @Test
    void aStreamErrorIsNamed() {
        String error = "<stream:error><host-unknown xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>";

        assertThatThrownBy(() -> reading(HEADER + error).open()).hasMessage("it ended the stream: host-unknown");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 400 Bad Request",
                "<html/>",
                "<stream:stream",
                "<!DOCTYPE x [<!ENTITY a 'b'>]><stream:stream xmlns:stream='http://etherx.jabber.org/streams'>&a;",
                "<stream xmlns='http://etherx.jabber.org/streams' version='1.0'>&lol;"
            })
    void whatIsNoStreamIsAnError(String text) {
        assertThatThrownBy(() -> reading(text).open()).isInstanceOf(IOException.class);
    }

    @Test
    void whatNeverEndsIsCutOff() {
        assertThatThrownBy(() -> features("<x/>".repeat(1_000))).hasMessageContaining("more than 500 elements");
        assertThatThrownBy(() -> features("x".repeat(200_000))).hasMessageContaining("bytes");
        assertThatThrownBy(() -> features("<x>".repeat(1_000))).hasMessageContaining("more than 500 elements");
    }
}
