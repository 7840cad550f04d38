// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tls;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Names as a hostile certificate may hold them: an answer, never an exception, and no match by accident. */
class CertificateNamesFuzzTest {
    private static final String DOMAIN = "a-domain-nobody-guesses.example.org";

    @FuzzTest(maxDuration = "60s")
    void anyExtensionIsAnswered(FuzzedDataProvider data) {
        byte[] extension = data.consumeRemainingAsBytes();
        NameMatch match = CertificateNames.match(extension, DOMAIN);
        if (match == NameMatch.MATCHES
                && !new String(extension, StandardCharsets.ISO_8859_1)
                        .toLowerCase(Locale.ROOT)
                        .contains("example.org")) {
            throw new AssertionError("Matched without the name");
        }
    }
}
