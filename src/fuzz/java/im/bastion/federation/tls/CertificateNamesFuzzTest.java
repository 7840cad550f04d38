// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tls;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.GeneralName;

/** Names as a hostile certificate may hold them: an answer, never an exception, and no match by accident. */
class CertificateNamesFuzzTest {
    private static final String DOMAIN = "a-domain-nobody-guesses.example.org";

    @FuzzTest(maxDuration = "60s")
    void anyBytesAreAnswered(FuzzedDataProvider data) {
        byte[] extension = data.consumeRemainingAsBytes();
        NameMatch match = CertificateNames.match(extension, DOMAIN);
        String text = new String(extension, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        if (match == NameMatch.MATCHES && !text.contains("example.org")) {
            throw new AssertionError("Matched without the name");
        }
    }

    @FuzzTest(maxDuration = "60s")
    void anyNamesAndAnyDomainAreAnswered(FuzzedDataProvider data) throws IOException {
        String domain = data.consumeString(80);
        ASN1Encodable[] names = new ASN1Encodable[data.consumeInt(0, 5)];
        for (int i = 0; i < names.length; i++) {
            names[i] = data.consumeBoolean()
                    ? new GeneralName(GeneralName.dNSName, data.consumeAsciiString(80))
                    : other(data.consumeInt(0, 10), data.consumeString(80));
        }
        byte[] extension = new DEROctetString(new DERSequence(names)).getEncoded();
        NameMatch match = CertificateNames.match(extension, domain);
        if (match == NameMatch.MATCHES && names.length == 0) {
            throw new AssertionError("Matched nothing");
        }
    }

    private static GeneralName other(int type, String value) {
        ASN1ObjectIdentifier id = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.8." + type);
        DERTaggedObject tagged = new DERTaggedObject(true, 0, new DERUTF8String(value));
        return new GeneralName(GeneralName.otherName, new DERSequence(new ASN1Encodable[] {id, tagged}));
    }
}
