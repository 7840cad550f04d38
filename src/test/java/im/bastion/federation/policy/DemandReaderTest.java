// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.bastion.federation.peer.PeerPattern;
import im.bastion.federation.policy.Terms.CertificateDemand;
import im.bastion.federation.rule.Pin;
import im.bastion.federation.rule.TlsFloorRule.Floor;
import im.bastion.federation.tls.CipherSuite.Strength;
import im.bastion.host.ServerSession.Direction;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.PolicyRow;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemandReaderTest {
    private static final String KEY = "a".repeat(64);
    private static final String NEXT = "b".repeat(64);

    private static PolicyRow row(String body) {
        return new PolicyRow(new RuleId("federation.some"), 3, Mode.ENFORCE, body, "admin", Instant.EPOCH);
    }

    private static Definition read(String body) {
        return DemandReader.read(row(body)).definition();
    }

    @Test
    void needsPeersAndACertificateDemandAndTakesTheRestAsUndemanded() {
        Definition definition = read("{\"peers\":[\"*\"],\"certificate\":\"encrypted\"}");

        assertThat(definition)
                .isEqualTo(new Definition(
                        "",
                        List.of(PeerPattern.ALL),
                        Set.of(Direction.values()),
                        new Terms(CertificateDemand.ENCRYPTED, null, Set.of(), false, true, false),
                        Map.of(),
                        Map.of()));
    }

    @Test
    void readsEveryFieldAndIsTheWritersInverse() {
        String body =
                """
                {"peers":["**.partner.test","b.test"],"direction":"in","certificate":"pinned","tls":"1.3",\
                "ciphers":["aead"],"forward-secrecy":true,"dialback":false,"direct-tls":true,\
                "pins":[{"peer":"**.partner.test","current":"%s","next":"%s"},{"peer":"b.test","current":"%s"}],\
                "exceptions":[{"peer":"a.partner.test","reason":"late","until":"2027-01-31"}],"note":"n"}"""
                        .formatted(KEY, NEXT, KEY);

        Definition definition = read(body);

        assertThat(definition.terms())
                .isEqualTo(
                        new Terms(CertificateDemand.PINNED, Floor.TLS_1_3, Set.of(Strength.AEAD), true, false, true));
        assertThat(definition.pins())
                .containsExactly(
                        Map.entry(PeerPattern.of("**.partner.test"), new Pin(KEY, NEXT)),
                        Map.entry(PeerPattern.of("b.test"), new Pin(KEY, null)));
        assertThat(definition.exceptions())
                .containsExactly(
                        Map.entry(PeerPattern.of("a.partner.test"), new Waiver("late", LocalDate.parse("2027-01-31"))));
        assertThat(DefinitionJson.of(definition)).hasToString(body);
    }

    @Test
    void domainsMayBeWrittenInAnyScriptAndCase() {
        assertThat(read("{\"peers\":[\"*.Bücher.Test\"],\"certificate\":\"none\"}")
                        .peers())
                .containsExactly(PeerPattern.of("*.xn--bcher-kva.test"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                                   | line 1: is not JSON",
                "null                                               | line 1: must be an object",
                "[]                                                 | line 1: must be an object",
                "{} {}                                              | line 1: is not JSON",
                "{                                                  | line 1: is not JSON",
                "{}                                                 | needs a field \"peers\"",
                "{\"peers\":[\"*\"]}                                  | needs a field \"certificate\"",
                "{\"peers\":\"*\",\"certificate\":\"none\"}           | peers: must be a list",
                "{\"peers\":[],\"certificate\":\"none\"}              | peers: needs at least one domain",
                "{\"peers\":[7],\"certificate\":\"none\"}             | peers[0]: must be text",
                "{\"peers\":[\"*\",\"a b\"],\"certificate\":\"none\"} | peers[1]: must be a domain name",
                "{\"peers\":[\"192.0.2.1\"],\"certificate\":\"none\"} | peers[0]: must be a domain name",
                "{\"peers\":[\"a.*.b\"],\"certificate\":\"none\"}     | peers[0]: must be a domain name",
                "{\"peers\":[\"a.b\",\"A.b\"],\"certificate\":\"none\"} | peers[1]: is there twice",
                "{\"peers\":[\"*\"],\"certificate\":\"good\"}         | certificate: must be one of none, encrypted, valid, pinned",
                "{\"peers\":[\"*\"],\"certificate\":null}             | certificate: must be one of",
                "{\"peers\":[\"*\"],\"certificate\":\"valid\",\"certificate\":\"none\"} | has two members",
                "{\"peers\":[\"*\"],\"certificates\":\"valid\"}       | unknown field \"certificates\"",
            })
    void refusesAnythingElseAndNamesTheField(String body, String expected) {
        assertThatThrownBy(() -> read(body == null ? "" : body))
                .isInstanceOf(PolicyFault.class)
                .hasMessageContaining(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"direction\":\"sideways\"          | direction: must be one of both, in, out",
                "\"tls\":\"1.1\"                     | tls: must be one of 1.2, 1.3",
                "\"ciphers\":[]                      | ciphers: needs at least one of aead, cbc, weak",
                "\"ciphers\":[\"rc4\"]               | ciphers[0]: must be one of aead, cbc, weak",
                "\"dialback\":\"no\"                 | dialback: must be true or false",
                "\"pins\":[{\"peer\":\"a.test\"}]    | pins[0]: needs a field \"current\"",
                "\"exceptions\":[{\"peer\":\"b.test\",\"reason\":\"r\",\"until\":\"2027-01-31\"}] | exceptions[0].peer: never matches",
                "\"exceptions\":[{\"peer\":\"a.test\",\"reason\":\" \",\"until\":\"2027-01-31\"}] | exceptions[0].reason: must say why",
                "\"exceptions\":[{\"peer\":\"a.test\",\"reason\":\"r\",\"until\":\"soon\"}]       | exceptions[0].until: must be the last day",
                "\"exceptions\":[{\"peer\":\"a.test\",\"reason\":\"r\"}]                          | exceptions[0]: needs a field \"until\"",
                "\"exceptions\":[{\"peer\":\"a.test\",\"until\":\"2027-01-31\"}]                  | exceptions[0]: needs a field \"reason\"",
            })
    void refusesFieldsWithSomethingElseInThem(String field, String expected) {
        assertThatThrownBy(() -> read("{\"peers\":[\"a.test\"],\"certificate\":\"valid\"," + field + "}"))
                .isInstanceOf(PolicyFault.class)
                .hasMessageContaining(expected);
    }

    @Test
    void refusesWhatContradictsItself() {
        assertThatThrownBy(() -> read("{\"peers\":[\"*\"],\"certificate\":\"none\",\"tls\":\"1.3\"}"))
                .hasMessageContaining("certificate: contradicts the rest");
        assertThatThrownBy(() ->
                        read("{\"peers\":[\"*\"],\"certificate\":\"valid\",\"tls\":\"1.3\",\"ciphers\":[\"cbc\"]}"))
                .hasMessageContaining("ciphers: contradicts \"tls\"");
        assertThatThrownBy(() -> read("{\"peers\":[\"*\"],\"certificate\":\"valid\",\"direct-tls\":true}"))
                .hasMessageContaining("direct-tls: needs \"direction\": \"in\"");
        assertThatThrownBy(() -> read("{\"peers\":[\"*\",\"a.test\"],\"certificate\":\"pinned\"}"))
                .hasMessageContaining("lets nobody through: no key is pinned for a.test");
        assertThatThrownBy(() -> read("{\"peers\":[\"*\"],\"certificate\":\"valid\",\"pins\":[{\"peer\":\"a.test\","
                        + "\"current\":\"" + KEY + "\"}]}"))
                .hasMessageContaining("pins: is never looked at");
        assertThatThrownBy(() -> read("{\"peers\":[\"*\"],\"certificate\":\"pinned\",\"pins\":[{\"peer\":\"a.test\","
                        + "\"current\":\"" + KEY + "\",\"next\":\"" + KEY + "\"}]}"))
                .hasMessageContaining("pins[0].next: is the current key again");
    }

    @Test
    void refusesASecondRuleForTheSamePeersDirectionAndModeAndOneForOwnDomains() {
        Demand other = new Demand(
                new RuleId("federation.other"),
                1,
                Mode.ENFORCE,
                read("{\"peers\":[\"a.test\"],\"direction\":\"in\",\"certificate\":\"valid\"}"));

        assertThatThrownBy(() -> check("a.test", "both", other))
                .hasMessageContaining("peers[0]: contradicts rule federation.other");
        assertThatThrownBy(() -> check("home.test", "both", other))
                .hasMessageContaining("never matches: home.test is this server's own");
        check("a.test", "out", other);
        check("**.a.test", "both", other);
    }

    private static void check(String peer, String direction, Demand other) {
        DemandReader.check(
                row("{\"peers\":[\"%s\"],\"direction\":\"%s\",\"certificate\":\"valid\"}".formatted(peer, direction)),
                List.of(other),
                "home.test"::equals);
    }
}
