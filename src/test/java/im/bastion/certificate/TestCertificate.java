// SPDX-License-Identifier: Apache-2.0
package im.bastion.certificate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;

/** One certificate in the making: valid from yesterday for 30 days, without names, unless told otherwise. */
public final class TestCertificate {
    private static final AlgorithmIdentifier SHA256_WITH_RSA =
            new AlgorithmIdentifier(PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE);

    private final String subject;
    private final List<GeneralName> names = new ArrayList<>();
    private Instant notBefore = Instant.now().minus(Duration.ofDays(1));
    private Instant notAfter = Instant.now().plus(Duration.ofDays(30));
    private final List<KeyPurposeId> usages = new ArrayList<>();
    private boolean authority;

    private TestCertificate(String subject) {
        this.subject = subject;
    }

    /** @param commonName the subject's only attribute; it is no name that counts */
    public static TestCertificate of(String commonName) {
        return new TestCertificate("CN=" + commonName);
    }

    public TestCertificate dns(String name) {
        names.add(new GeneralName(GeneralName.dNSName, new DERIA5String(name)));
        return this;
    }

    /** An IP address. */
    public TestCertificate address(String address) {
        names.add(new GeneralName(GeneralName.iPAddress, address));
        return this;
    }

    /** RFC 4985. */
    public TestCertificate srv(String name) {
        return other("1.3.6.1.5.5.7.8.7", new DERIA5String(name));
    }

    /** RFC 6120 §13.7.1.4. */
    public TestCertificate xmppAddr(String name) {
        return other("1.3.6.1.5.5.7.8.5", new DERUTF8String(name));
    }

    public TestCertificate valid(Instant from, Instant until) {
        notBefore = from;
        notAfter = until;
        return this;
    }

    /** What the key may be used for, as an object identifier; everything unless told so. */
    public TestCertificate usage(String oid) {
        usages.add(KeyPurposeId.getInstance(new ASN1ObjectIdentifier(oid)));
        return this;
    }

    public TestCertificate authority() {
        authority = true;
        return this;
    }

    /** Signs it with its own key. */
    public TestIdentity selfSigned(KeyPair keys) {
        return new TestIdentity(keys.getPrivate(), List.of(sign(keys, new X500Name(subject), keys.getPrivate())));
    }

    /** Signs it with the issuer's key, who then follows in the chain. */
    public TestIdentity issuedBy(TestIdentity issuer, KeyPair keys) {
        X500Name name =
                X500Name.getInstance(issuer.leaf().getSubjectX500Principal().getEncoded());
        List<X509Certificate> chain = new ArrayList<>();
        chain.add(sign(keys, name, issuer.key()));
        chain.addAll(issuer.chain());
        return new TestIdentity(keys.getPrivate(), List.copyOf(chain));
    }

    private TestCertificate other(String type, ASN1Encodable value) {
        names.add(new GeneralName(GeneralName.otherName, new DERSequence(new ASN1Encodable[] {
            new ASN1ObjectIdentifier(type), new DERTaggedObject(true, 0, value)
        })));
        return this;
    }

    private X509Certificate sign(KeyPair keys, X500Name issuer, PrivateKey signer) {
        try {
            TBSCertificate body = body(keys, issuer);
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(signer);
            signature.update(body.getEncoded("DER"));
            byte[] der = new DERSequence(
                            new ASN1Encodable[] {body, SHA256_WITH_RSA, new DERBitString(signature.sign())})
                    .getEncoded("DER");
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private TBSCertificate body(KeyPair keys, X500Name issuer) throws IOException {
        V3TBSCertificateGenerator body = new V3TBSCertificateGenerator();
        body.setSerialNumber(new org.bouncycastle.asn1.ASN1Integer(new BigInteger(120, new SecureRandom())));
        body.setSignature(SHA256_WITH_RSA);
        body.setIssuer(issuer);
        body.setSubject(new X500Name(subject));
        body.setStartDate(new Time(Date.from(notBefore)));
        body.setEndDate(new Time(Date.from(notAfter)));
        body.setSubjectPublicKeyInfo(
                SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
        List<Extension> extensions = new ArrayList<>();
        extensions.add(Extension.create(Extension.basicConstraints, true, new BasicConstraints(authority)));
        if (!names.isEmpty()) {
            extensions.add(Extension.create(
                    Extension.subjectAlternativeName, false, new DERSequence(names.toArray(GeneralName[]::new))));
        }
        if (!usages.isEmpty()) {
            extensions.add(Extension.create(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(usages.toArray(KeyPurposeId[]::new))));
        }
        body.setExtensions(new Extensions(extensions.toArray(Extension[]::new)));
        return body.generateTBSCertificate();
    }
}
