// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tls;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.OtherName;

/**
 * The names in a certificate that count for an XMPP server (RFC 6120 §13.7.1.2): dNSName, SRV-ID for {@code xmpp-server},
 * and xmppAddr. The common name does not count (RFC 9525 §2). Matching follows RFC 9525 §6.3, with wildcards as strict
 * as it allows.
 */
public final class CertificateNames {
    private static final String SUBJECT_ALTERNATIVE_NAME = "2.5.29.17";
    private static final ASN1ObjectIdentifier XMPP_ADDR = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.8.5");
    private static final ASN1ObjectIdentifier DNS_SRV = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.8.7");
    private static final String SERVICE = "_xmpp-server.";
    private static final String WILDCARD = "*.";
    private static final int MAX_NAMES = 1_000;
    private static final int MAX_BYTES = 64 * 1024;

    /**
     * One name.
     *
     * @param form "dNSName", "SRV-ID" or "xmppAddr"
     * @param value as it stands in the certificate; an SRV-ID without its service
     */
    record Name(String form, String value) {
        boolean isFor(DomainName domain) {
            boolean wildcard = value.startsWith(WILDCARD) && !form.equals("xmppAddr");
            return wildcard ? isParentOf(domain) : isSameAs(value, domain.ascii());
        }

        /** RFC 9525 §6.3: the wildcard is the whole left-most label, stands for exactly one, and not for a public suffix's. */
        private boolean isParentOf(DomainName domain) {
            String parent = value.substring(WILDCARD.length());
            int dot = domain.ascii().indexOf('.');
            return parent.indexOf('.') > 0
                    && dot > 0
                    && isSameAs(parent, domain.ascii().substring(dot + 1));
        }

        private static boolean isSameAs(String presented, String reference) {
            try {
                return DomainName.of(presented).ascii().equals(reference);
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
    }

    private CertificateNames() {}

    /** Whether the certificate is for that domain, as it stands in an address. */
    public static NameMatch match(X509Certificate certificate, String domain) {
        return match(certificate.getExtensionValue(SUBJECT_ALTERNATIVE_NAME), domain);
    }

    /** @param extension the DER octet string around the subject alternative name, or null when there is none */
    static NameMatch match(byte[] extension, String domain) {
        List<Name> names;
        try {
            names = read(extension);
        } catch (IOException | RuntimeException e) {
            return NameMatch.UNREADABLE;
        }
        if (names.isEmpty()) {
            return NameMatch.NONE;
        }
        try {
            DomainName wanted = DomainName.of(domain);
            return names.stream().anyMatch(name -> name.isFor(wanted)) ? NameMatch.MATCHES : NameMatch.DIFFERS;
        } catch (IllegalArgumentException e) {
            return NameMatch.DIFFERS;
        }
    }

    /** The names for display, "form: value"; null when they cannot be read. */
    static List<String> describe(X509Certificate certificate) {
        try {
            return read(certificate.getExtensionValue(SUBJECT_ALTERNATIVE_NAME)).stream()
                    .map(name -> name.form() + ": " + name.value())
                    .toList();
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    private static List<Name> read(byte[] extension) throws IOException {
        if (extension == null) {
            return List.of();
        }
        if (extension.length > MAX_BYTES) {
            throw new IOException("More than " + MAX_BYTES + " bytes of names");
        }
        GeneralName[] all = GeneralNames.getInstance(
                        ASN1OctetString.getInstance(extension).getOctets())
                .getNames();
        if (all.length > MAX_NAMES) {
            throw new IOException("More than " + MAX_NAMES + " names");
        }
        List<Name> names = new ArrayList<>();
        for (GeneralName name : all) {
            if (name.getTagNo() == GeneralName.dNSName) {
                names.add(new Name(
                        "dNSName", ASN1IA5String.getInstance(name.getName()).getString()));
            } else if (name.getTagNo() == GeneralName.otherName) {
                addOther(OtherName.getInstance(name.getName()), names);
            }
        }
        return names;
    }

    private static void addOther(OtherName other, List<Name> names) {
        ASN1Encodable value = other.getValue();
        if (other.getTypeID().equals(XMPP_ADDR)) {
            names.add(new Name("xmppAddr", ASN1UTF8String.getInstance(value).getString()));
        } else if (other.getTypeID().equals(DNS_SRV)) {
            String service = ASN1IA5String.getInstance(value).getString();
            if (service.toLowerCase(Locale.ROOT).startsWith(SERVICE)) {
                names.add(new Name("SRV-ID", service.substring(SERVICE.length())));
            }
        }
    }
}
