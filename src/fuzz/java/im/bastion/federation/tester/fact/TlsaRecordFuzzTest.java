// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.fact;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import im.bastion.certificate.TestCertificate;
import im.bastion.certificate.TestKeys;
import java.security.cert.X509Certificate;
import java.util.List;

/** Whatever a record says: it throws nothing, and data that is not the certificate's never matches. */
class TlsaRecordFuzzTest {
    private static final List<X509Certificate> CHAIN =
            TestCertificate.of("peer.test").selfSigned(TestKeys.make()).chain();

    @FuzzTest(maxDuration = "60s")
    void anyRecordIsReadAndMatchesNoStranger(FuzzedDataProvider data) {
        TlsaRecord record = TlsaRecord.of(
                data.consumeInt(-1, 256),
                data.consumeInt(-1, 256),
                data.consumeInt(-1, 256),
                data.consumeRemainingAsBytes());
        if (record.matches(CHAIN, true)) {
            throw new AssertionError(record);
        }
    }
}
