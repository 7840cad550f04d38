// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.policy;

import im.bastion.federation.peer.PeerMap;
import im.bastion.federation.rule.CipherStrengthRule;
import im.bastion.federation.rule.DirectTlsRule;
import im.bastion.federation.rule.EncryptedRule;
import im.bastion.federation.rule.ExternalRule;
import im.bastion.federation.rule.FederationRule;
import im.bastion.federation.rule.ForwardSecrecyRule;
import im.bastion.federation.rule.Pin;
import im.bastion.federation.rule.PinnedKeyRule;
import im.bastion.federation.rule.TlsFloorRule;
import im.bastion.federation.rule.TlsFloorRule.Floor;
import im.bastion.federation.rule.ValidCertificateRule;
import im.bastion.federation.tls.CipherSuite.Strength;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a rule demands, in the words of the policy.
 *
 * @param floor null for any version
 * @param ciphers the classes that are allowed; empty for any
 * @param dialback whether dialback is enough to be authenticated
 */
public record Terms(
        CertificateDemand certificate,
        Floor floor,
        Set<Strength> ciphers,
        boolean forwardSecrecy,
        boolean dialback,
        boolean directTls) {
    /** What the certificate must be, from the least to the most. */
    public enum CertificateDemand {
        /** Not even encryption is demanded. */
        NONE,
        /** Encryption, whoever the peer is. */
        ENCRYPTED,
        /** A chain this server trusts, for the peer's name. */
        VALID,
        /** A pinned key. */
        PINNED;

        /** As it stands in a policy. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Terms {
        ciphers = Set.copyOf(ciphers);
    }

    /** Whether there is anything in it beside the certificate. */
    boolean demandsMore() {
        return floor != null || !ciphers.isEmpty() || forwardSecrecy || !dialback || directTls;
    }

    /** In the order in which they are checked: the first violation is the one that is told. */
    List<FederationRule> requirements(PeerMap<Pin> pins) {
        List<FederationRule> rules = new ArrayList<>();
        if (certificate != CertificateDemand.NONE) {
            rules.add(new EncryptedRule());
        }
        if (directTls) {
            rules.add(new DirectTlsRule());
        }
        if (floor != null) {
            rules.add(new TlsFloorRule(floor));
        }
        if (!ciphers.isEmpty()) {
            rules.add(new CipherStrengthRule(ciphers));
        }
        if (forwardSecrecy) {
            rules.add(new ForwardSecrecyRule());
        }
        if (certificate == CertificateDemand.VALID) {
            rules.add(new ValidCertificateRule());
        } else if (certificate == CertificateDemand.PINNED) {
            rules.add(new PinnedKeyRule(pins));
        }
        if (!dialback) {
            rules.add(new ExternalRule());
        }
        return rules;
    }
}
