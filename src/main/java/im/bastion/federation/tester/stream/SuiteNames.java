// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.stream;

import java.util.Map;

/** Names of the cipher suites that tests offer (IANA's registry). */
final class SuiteNames {
    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(0x1301, "TLS_AES_128_GCM_SHA256"),
            Map.entry(0x1302, "TLS_AES_256_GCM_SHA384"),
            Map.entry(0x1303, "TLS_CHACHA20_POLY1305_SHA256"),
            Map.entry(0xC02F, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"),
            Map.entry(0xC030, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"),
            Map.entry(0xC02B, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"),
            Map.entry(0xC02C, "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"),
            Map.entry(0xCCA8, "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"),
            Map.entry(0xCCA9, "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"),
            Map.entry(0xCCAA, "TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256"),
            Map.entry(0x009E, "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256"),
            Map.entry(0x009F, "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384"),
            Map.entry(0x009C, "TLS_RSA_WITH_AES_128_GCM_SHA256"),
            Map.entry(0x009D, "TLS_RSA_WITH_AES_256_GCM_SHA384"),
            Map.entry(0x002F, "TLS_RSA_WITH_AES_128_CBC_SHA"),
            Map.entry(0x0035, "TLS_RSA_WITH_AES_256_CBC_SHA"),
            Map.entry(0x003C, "TLS_RSA_WITH_AES_128_CBC_SHA256"),
            Map.entry(0x003D, "TLS_RSA_WITH_AES_256_CBC_SHA256"),
            Map.entry(0xC013, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"),
            Map.entry(0xC014, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA"),
            Map.entry(0xC027, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256"),
            Map.entry(0xC028, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384"),
            Map.entry(0xC009, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"),
            Map.entry(0xC00A, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA"),
            Map.entry(0xC023, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"),
            Map.entry(0xC024, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384"),
            Map.entry(0x0033, "TLS_DHE_RSA_WITH_AES_128_CBC_SHA"),
            Map.entry(0x0039, "TLS_DHE_RSA_WITH_AES_256_CBC_SHA"),
            Map.entry(0x0067, "TLS_DHE_RSA_WITH_AES_128_CBC_SHA256"),
            Map.entry(0x006B, "TLS_DHE_RSA_WITH_AES_256_CBC_SHA256"),
            Map.entry(0x0001, "TLS_RSA_WITH_NULL_MD5"),
            Map.entry(0x0002, "TLS_RSA_WITH_NULL_SHA"),
            Map.entry(0x003B, "TLS_RSA_WITH_NULL_SHA256"),
            Map.entry(0xC006, "TLS_ECDHE_ECDSA_WITH_NULL_SHA"),
            Map.entry(0xC010, "TLS_ECDHE_RSA_WITH_NULL_SHA"),
            Map.entry(0x0018, "TLS_DH_anon_WITH_RC4_128_MD5"),
            Map.entry(0x0034, "TLS_DH_anon_WITH_AES_128_CBC_SHA"),
            Map.entry(0x003A, "TLS_DH_anon_WITH_AES_256_CBC_SHA"),
            Map.entry(0x006C, "TLS_DH_anon_WITH_AES_128_CBC_SHA256"),
            Map.entry(0xC018, "TLS_ECDH_anon_WITH_AES_128_CBC_SHA"),
            Map.entry(0xC019, "TLS_ECDH_anon_WITH_AES_256_CBC_SHA"),
            Map.entry(0x0003, "TLS_RSA_EXPORT_WITH_RC4_40_MD5"),
            Map.entry(0x0006, "TLS_RSA_EXPORT_WITH_RC2_CBC_40_MD5"),
            Map.entry(0x0008, "TLS_RSA_EXPORT_WITH_DES40_CBC_SHA"),
            Map.entry(0x0014, "TLS_DHE_RSA_EXPORT_WITH_DES40_CBC_SHA"),
            Map.entry(0x0004, "TLS_RSA_WITH_RC4_128_MD5"),
            Map.entry(0x0005, "TLS_RSA_WITH_RC4_128_SHA"),
            Map.entry(0xC007, "TLS_ECDHE_ECDSA_WITH_RC4_128_SHA"),
            Map.entry(0xC011, "TLS_ECDHE_RSA_WITH_RC4_128_SHA"),
            Map.entry(0x0009, "TLS_RSA_WITH_DES_CBC_SHA"),
            Map.entry(0x0015, "TLS_DHE_RSA_WITH_DES_CBC_SHA"),
            Map.entry(0x000A, "TLS_RSA_WITH_3DES_EDE_CBC_SHA"),
            Map.entry(0x0016, "TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA"),
            Map.entry(0xC008, "TLS_ECDHE_ECDSA_WITH_3DES_EDE_CBC_SHA"),
            Map.entry(0xC012, "TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA"));

    private SuiteNames() {}

    /** Its name, or its number in hexadecimal digits. */
    static String of(int suite) {
        return NAMES.getOrDefault(suite, "0x%04X".formatted(suite));
    }
}
