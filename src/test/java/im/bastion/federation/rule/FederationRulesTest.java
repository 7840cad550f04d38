// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.rule;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.certificate.TestCertificate;
import im.bastion.certificate.TestKeys;
import im.bastion.federation.peer.PeerMap;
import im.bastion.federation.peer.PeerPattern;
import im.bastion.federation.rule.TlsFloorRule.Floor;
import im.bastion.federation.tls.CertificateSummary;
import im.bastion.federation.tls.CipherSuite;
import im.bastion.federation.tls.CipherSuite.Strength;
import im.bastion.federation.tls.NameMatch;
import im.bastion.federation.tls.StreamFacts;
import im.bastion.host.ServerSession.Authentication;
import im.bastion.host.ServerSession.Direction;
import im.bastion.host.ServerSession.Establishment;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FederationRulesTest {
    private static final X509Certificate CERTIFICATE = TestCertificate.of("peer")
            .dns("peer.test")
            .selfSigned(TestKeys.make())
            .leaf();
    private static final String CHAIN = CertificateSummary.of(CERTIFICATE).spkiSha256();

    private static StreamFacts facts(
            Direction direction, String protocol, String chain, String distrust, NameMatch name) {
        boolean encrypted = !protocol.isEmpty();
        return new StreamFacts(
                direction,
                "peer.test",
                encrypted,
                protocol,
                new CipherSuite(encrypted ? "TLS_AES_256_GCM_SHA384" : ""),
                encrypted ? Establishment.STARTTLS : Establishment.PLAIN,
                Authentication.DIALBACK,
                chain,
                Instant.MAX,
                distrust,
                name);
    }

    private static StreamFacts withName(NameMatch name) {
        return facts(Direction.OUTGOING, "TLSv1.3", CHAIN, null, name);
    }

    private static final StreamFacts GOOD = withName(NameMatch.MATCHES);
    private static final StreamFacts PLAIN =
            facts(Direction.OUTGOING, "", null, "it presented no certificate", NameMatch.NONE);

    @Test
    void aGoodStreamViolatesNothing() {
        assertThat(FederationRules.baseline())
                .allSatisfy(rule ->
                        assertThat(rule.violation(GOOD)).as(rule.id().value()).isEmpty());
    }

    @Test
    void encryptedRuleFindsPlainStreams() {
        assertThat(new EncryptedRule().violation(PLAIN)).contains("the connection to it is not encrypted");
    }

    @Test
    void tlsFloorRuleFindsOldVersionsAndLeavesPlainStreamsAlone() {
        TlsFloorRule rule = new TlsFloorRule(Floor.TLS_1_2);

        assertThat(rule.violation(facts(Direction.INCOMING, "TLSv1.1", CHAIN, null, NameMatch.MATCHES)))
                .isPresent();
        assertThat(rule.violation(facts(Direction.INCOMING, "SSLv3", CHAIN, null, NameMatch.MATCHES)))
                .isPresent();
        assertThat(rule.violation(facts(Direction.INCOMING, "TLSv1.2", CHAIN, null, NameMatch.MATCHES)))
                .isEmpty();
        assertThat(rule.violation(PLAIN)).isEmpty();
    }

    @Test
    void validCertificateRulePassesOnWhyTheChainIsNotTrusted() {
        StreamFacts expired =
                facts(Direction.OUTGOING, "TLSv1.3", CHAIN, "its certificate expired on 2002-01-01", NameMatch.MATCHES);

        assertThat(new ValidCertificateRule().violation(expired)).contains("its certificate expired on 2002-01-01");
    }

    @Test
    void validCertificateRuleFindsWrongMissingAndUnreadableNames() {
        ValidCertificateRule rule = new ValidCertificateRule();

        assertThat(rule.violation(withName(NameMatch.DIFFERS))).contains("its certificate is for another domain");
        assertThat(rule.violation(withName(NameMatch.NONE))).contains("its certificate names no domain");
        assertThat(rule.violation(withName(NameMatch.UNREADABLE)))
                .contains("the names in its certificate cannot be read");
    }

    @Test
    void validCertificateRuleSaysThatAnIncomingPeerMayNotHaveBeenAsked() {
        StreamFacts incoming =
                facts(Direction.INCOMING, "TLSv1.3", null, "it presented no certificate", NameMatch.NONE);

        assertThat(new ValidCertificateRule().violation(incoming))
                .isEqualTo(Optional.of("it presented no certificate, or this server did not ask it for one"));
    }

    @Test
    void tlsFloorRuleOfThirteenRefusesTwelve() {
        StreamFacts twelve = facts(Direction.INCOMING, "TLSv1.2", CHAIN, null, NameMatch.MATCHES);

        assertThat(new TlsFloorRule(Floor.TLS_1_3).violation(twelve))
                .get()
                .asString()
                .contains("older than 1.3");
        assertThat(new TlsFloorRule(Floor.TLS_1_3).violation(GOOD)).isEmpty();
    }

    @Test
    void cipherStrengthRuleFindsClassesThatAreNotAllowedAndLeavesPlainStreamsAlone() {
        CipherStrengthRule rule = new CipherStrengthRule(Set.of(Strength.AEAD));

        assertThat(rule.violation(GOOD)).isEmpty();
        assertThat(rule.violation(PLAIN)).isEmpty();
        assertThat(rule.violation(with("TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", Authentication.EXTERNAL)))
                .contains("the connection to it uses a cipher of class cbc");
    }

    @Test
    void forwardSecrecyRuleFindsKeysThatOpenThePast() {
        ForwardSecrecyRule rule = new ForwardSecrecyRule();

        assertThat(rule.violation(GOOD)).isEmpty();
        assertThat(rule.violation(PLAIN)).isEmpty();
        assertThat(rule.violation(with("TLS_RSA_WITH_AES_128_GCM_SHA256", Authentication.EXTERNAL)))
                .isPresent();
    }

    @Test
    void externalRuleFindsDialbackAndWhatCannotBeTold() {
        ExternalRule rule = new ExternalRule();
        String suite = "TLS_AES_256_GCM_SHA384";

        assertThat(rule.violation(with(suite, Authentication.EXTERNAL))).isEmpty();
        assertThat(rule.violation(with(suite, Authentication.DIALBACK)))
                .contains("it is authenticated by dialback alone");
        assertThat(rule.violation(with(suite, Authentication.UNKNOWN))).isPresent();
    }

    @Test
    void directTlsRuleFindsEveryOtherBeginning() {
        DirectTlsRule rule = new DirectTlsRule();

        assertThat(rule.violation(begun(Establishment.DIRECT_TLS))).isEmpty();
        assertThat(Stream.of(Establishment.STARTTLS, Establishment.PLAIN, Establishment.UNKNOWN))
                .allSatisfy(beginning ->
                        assertThat(rule.violation(begun(beginning))).isPresent());
    }

    @Test
    void pinnedKeyRuleTakesTheCurrentAndTheNextKeyAndNoOther() {
        String key = CHAIN;
        String other = "0".repeat(64);

        assertThat(pinned(new Pin(key, null)).violation(GOOD)).isEmpty();
        assertThat(pinned(new Pin(other, key)).violation(GOOD)).isEmpty();
        assertThat(pinned(new Pin(other, null)).violation(GOOD))
                .contains("its certificate has another key than the pinned one");
    }

    @Test
    void pinnedKeyRuleLooksAtNothingButTheKey() {
        StreamFacts expiredForAnother =
                facts(Direction.OUTGOING, "TLSv1.3", CHAIN, "its certificate expired", NameMatch.DIFFERS);

        assertThat(pinned(new Pin(CHAIN, null)).violation(expiredForAnother)).isEmpty();
    }

    @Test
    void pinnedKeyRuleRefusesPeersWithoutPinOrCertificate() {
        assertThat(new PinnedKeyRule(new PeerMap<>(Map.of())).violation(GOOD)).contains("no key is pinned for it");
        assertThat(pinned(new Pin("0".repeat(64), null)).violation(PLAIN))
                .get()
                .asString()
                .contains("presented no certificate");
    }

    private static PinnedKeyRule pinned(Pin pin) {
        return new PinnedKeyRule(new PeerMap<>(Map.of(PeerPattern.of("peer.test"), pin)));
    }

    private static StreamFacts with(String suite, Authentication authentication) {
        return new StreamFacts(
                Direction.INCOMING,
                "peer.test",
                true,
                "TLSv1.2",
                new CipherSuite(suite),
                Establishment.STARTTLS,
                authentication,
                CHAIN,
                Instant.MAX,
                null,
                NameMatch.MATCHES);
    }

    private static StreamFacts begun(Establishment establishment) {
        return new StreamFacts(
                Direction.INCOMING,
                "peer.test",
                establishment != Establishment.PLAIN,
                "TLSv1.3",
                new CipherSuite("TLS_AES_256_GCM_SHA384"),
                establishment,
                Authentication.EXTERNAL,
                CHAIN,
                Instant.MAX,
                null,
                NameMatch.MATCHES);
    }

    @Test
    void rulesHaveDifferentIdsAndCiteWhatTheyStandOn() {
        List<FederationRule> all = List.of(
                new EncryptedRule(),
                new TlsFloorRule(Floor.TLS_1_2),
                new CipherStrengthRule(Set.of(Strength.AEAD)),
                new ForwardSecrecyRule(),
                new ValidCertificateRule(),
                pinned(new Pin("0".repeat(64), null)),
                new ExternalRule(),
                new DirectTlsRule());

        assertThat(all).extracting(rule -> rule.id().value()).doesNotHaveDuplicates();
        assertThat(all)
                .allSatisfy(rule -> assertThat(rule.citation().toString()).matches("(RFC|XEP-)\\W?\\d+ §.*"));
    }
}
