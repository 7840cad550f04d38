// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire;

import im.bastion.host.HostException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/**
 * Judges a peer's chain against a trust store with the platform's own PKIX rules (RFC 5280 §6), and says in words why a
 * chain is not trusted, the same words on every host. Never asks the network. Stateless; any thread.
 */
final class PeerTrust {
    /** What JSSE accepts from the wire by default. */
    private static final int MAX_CHAIN = 10;

    private final Supplier<KeyStore> store;
    private final Clock clock;

    PeerTrust(Supplier<KeyStore> store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Why the chain is not trusted, as the rest of a sentence about the peer, or null when it is trusted.
     *
     * @param chain leaf first, as the peer sent it
     * @throws HostException when the trust store cannot be read
     */
    String distrust(List<X509Certificate> chain) {
        if (chain.isEmpty()) {
            return "it presented no certificate";
        }
        if (chain.size() > MAX_CHAIN) {
            return "its certificate chain has more than " + MAX_CHAIN + " certificates";
        }
        X509Certificate leaf = chain.get(0);
        Instant now = clock.instant();
        String untimely = untimely("its certificate", leaf, now);
        if (untimely != null) {
            return untimely;
        }
        Set<TrustAnchor> anchors = anchors(now);
        if (anchors.stream().anyMatch(anchor -> anchor.getTrustedCert().equals(leaf))) {
            return null;
        }
        return isSelfSigned(leaf) ? "its certificate is self-signed" : pathFault(chain, anchors, now);
    }

    /**
     * The trusted authority that the chain leads to: its organization, or its whole name when it has none; empty when it leads
     * to none.
     *
     * @param chain leaf first, as the peer sent it
     * @throws HostException when the trust store cannot be read
     */
    String authority(List<X509Certificate> chain) {
        if (chain.isEmpty() || chain.size() > MAX_CHAIN) {
            return "";
        }
        Instant now = clock.instant();
        Set<TrustAnchor> anchors = anchors(now);
        if (anchors.stream().anyMatch(anchor -> anchor.getTrustedCert().equals(chain.get(0)))) {
            return organization(chain.get(0).getSubjectX500Principal());
        }
        TrustAnchor end = anchors.isEmpty() ? null : pathEnd(chain, anchors, now);
        return end == null ? "" : organization(end.getTrustedCert().getSubjectX500Principal());
    }

    /** Authorities rotate their roots; their organization stays. */
    private static String organization(X500Principal name) {
        try {
            for (Rdn part : new LdapName(name.getName()).getRdns()) {
                if (part.getType().equals("O") && part.getValue() instanceof String organization) {
                    return organization;
                }
            }
        } catch (InvalidNameException e) {
            // A name that is not made of attributes is shown as it is.
        }
        return name.getName();
    }

    private static String pathFault(List<X509Certificate> chain, Set<TrustAnchor> anchors, Instant now) {
        if (!anchors.isEmpty() && pathEnd(chain, anchors, now) != null) {
            return null;
        }
        for (X509Certificate link : chain) {
            String untimely = untimely("a certificate in its chain", link, now);
            if (untimely != null) {
                return untimely;
            }
        }
        return leadsToAnchor(chain, anchors)
                ? "its certificate chain does not verify"
                : "its certificate was issued by an authority that this server does not trust";
    }

    /** The anchor of a valid path; null when there is none. */
    private static TrustAnchor pathEnd(List<X509Certificate> chain, Set<TrustAnchor> anchors, Instant now) {
        X509CertSelector leaf = new X509CertSelector();
        leaf.setCertificate(chain.get(0));
        try {
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, leaf);
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
            parameters.setDate(Date.from(now));
            parameters.setRevocationEnabled(false);
            var path = (PKIXCertPathBuilderResult)
                    CertPathBuilder.getInstance("PKIX").build(parameters);
            return path.getTrustAnchor();
        } catch (GeneralSecurityException e) {
            return null;
        }
    }

    /** Whether issuer names lead from the leaf to an anchor: then it is a signature or a constraint that fails. */
    private static boolean leadsToAnchor(List<X509Certificate> chain, Set<TrustAnchor> anchors) {
        return chain.stream().anyMatch(link -> anchors.stream()
                .anyMatch(anchor ->
                        anchor.getTrustedCert().getSubjectX500Principal().equals(link.getIssuerX500Principal())));
    }

    private static String untimely(String what, X509Certificate certificate, Instant now) {
        Instant from = certificate.getNotBefore().toInstant();
        Instant until = certificate.getNotAfter().toInstant();
        if (now.isAfter(until)) {
            return what + " expired on " + until.atOffset(ZoneOffset.UTC).toLocalDate();
        }
        return now.isBefore(from)
                ? what + " is not valid before " + from.atOffset(ZoneOffset.UTC).toLocalDate()
                : null;
    }

    private static boolean isSelfSigned(X509Certificate certificate) {
        if (!certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
            return false;
        }
        try {
            certificate.verify(certificate.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private Set<TrustAnchor> anchors(Instant now) {
        Set<TrustAnchor> anchors = new HashSet<>();
        try {
            KeyStore trusted = store.get();
            for (Enumeration<String> aliases = trusted.aliases(); aliases.hasMoreElements(); ) {
                String alias = aliases.nextElement();
                if (trusted.isCertificateEntry(alias)
                        && trusted.getCertificate(alias) instanceof X509Certificate anchor
                        && untimely("", anchor, now) == null) {
                    anchors.add(new TrustAnchor(anchor, null));
                }
            }
            return anchors;
        } catch (KeyStoreException | RuntimeException e) {
            throw new HostException("the trust store for server-to-server streams cannot be read", e);
        }
    }
}
