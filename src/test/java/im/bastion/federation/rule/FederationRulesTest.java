// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.rule;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.certificate.TestCertificate;
import im.bastion.certificate.TestKeys;
import im.bastion.federation.tls.NameMatch;
import im.bastion.federation.tls.StreamFacts;
import im.bastion.host.ServerSession.Authentication;
import im.bastion.host.ServerSession.Direction;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FederationRulesTest {
    private static final List<X509Certificate> CHAIN = TestCertificate.of("peer")
            .dns("peer.test")
            .selfSigned(TestKeys.make())
            .chain();

    private static StreamFacts facts(
            Direction direction, String protocol, List<X509Certificate> chain, String distrust, NameMatch name) {
        boolean encrypted = !protocol.isEmpty();
        return new StreamFacts(
                direction,
                "peer.test",
                encrypted,
                protocol,
                encrypted ? "TLS_AES_256_GCM_SHA384" : "",
                Authentication.DIALBACK,
                chain,
                distrust,
                name);
    }

    private static StreamFacts withName(NameMatch name) {
        return facts(Direction.OUTGOING, "TLSv1.3", CHAIN, null, name);
    }

    private static final StreamFacts GOOD = withName(NameMatch.MATCHES);
    private static final StreamFacts PLAIN =
            facts(Direction.OUTGOING, "", List.of(), "it presented no certificate", NameMatch.NONE);

    @Test
    void aGoodStreamViolatesNothing() {
        assertThat(FederationRules.all())
                .allSatisfy(rule ->
                        assertThat(rule.violation(GOOD)).as(rule.id().value()).isEmpty());
    }

    @Test
    void encryptedRuleFindsPlainStreams() {
        assertThat(new EncryptedRule().violation(PLAIN)).contains("the connection to it is not encrypted");
    }

    @Test
    void tlsVersionRuleFindsOldVersionsAndLeavesPlainStreamsAlone() {
        TlsVersionRule rule = new TlsVersionRule();

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
                facts(Direction.INCOMING, "TLSv1.3", List.of(), "it presented no certificate", NameMatch.NONE);

        assertThat(new ValidCertificateRule().violation(incoming))
                .isEqualTo(Optional.of("it presented no certificate, or this server did not ask it for one"));
    }

    @Test
    void rulesHaveDifferentIdsAndCiteWhatTheyStandOn() {
        assertThat(FederationRules.all()).extracting(rule -> rule.id().value()).doesNotHaveDuplicates();
        assertThat(FederationRules.all())
                .allSatisfy(rule -> assertThat(rule.citation().document()).startsWith("RFC "));
    }
}
