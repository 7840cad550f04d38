// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tls;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.federation.tls.CipherSuite.Strength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CipherSuiteTest {
    @ParameterizedTest
    @CsvSource({
        "TLS_AES_256_GCM_SHA384, AEAD, true",
        "TLS_CHACHA20_POLY1305_SHA256, AEAD, true",
        "TLS_AES_128_CCM_SHA256, AEAD, true",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, AEAD, true",
        "TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256, AEAD, true",
        "TLS_RSA_WITH_AES_128_GCM_SHA256, AEAD, false",
        "TLS_ECDH_RSA_WITH_AES_128_GCM_SHA256, AEAD, false",
        "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256, CBC, true",
        "TLS_RSA_WITH_AES_256_CBC_SHA, CBC, false",
        "SSL_RSA_WITH_3DES_EDE_CBC_SHA, WEAK, false",
        "SSL_RSA_WITH_RC4_128_MD5, WEAK, false",
        "TLS_DH_anon_WITH_AES_128_GCM_SHA256, WEAK, false",
        "TLS_ECDHE_RSA_WITH_NULL_SHA, WEAK, false",
        "SSL_RSA_EXPORT_WITH_RC4_40_MD5, WEAK, false",
        "TLS_FUTURE, WEAK, false",
        "'', WEAK, false",
    })
    void isClassifiedByItsName(String name, Strength strength, boolean forwardSecret) {
        CipherSuite suite = new CipherSuite(name);

        assertThat(suite.strength()).isEqualTo(strength);
        assertThat(suite.forwardSecret()).isEqualTo(forwardSecret);
    }
}
