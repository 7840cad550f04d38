// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.fact;

import java.util.List;

/** What a test offers in the handshakes that it breaks off: one version and one class of cipher suites each. */
public enum TlsOffer {
    TLS_1_3(0x0304, List.of(0x1301, 0x1302, 0x1303)),
    /** TLS 1.2 with forward secrecy and authenticated encryption: what RFC 9325 §4.2 recommends. */
    TLS_1_2(0x0303, List.of(0xC02F, 0xC030, 0xC02B, 0xC02C, 0xCCA8, 0xCCA9, 0x009E, 0x009F, 0xCCAA)),
    /** Authenticated encryption with the key of the certificate (RFC 9325 §4.1: not to be negotiated). */
    NO_FORWARD_SECRECY(0x0303, List.of(0x009C, 0x009D, 0x002F, 0x0035, 0x003C, 0x003D)),
    /** Blocks in CBC mode with forward secrecy. */
    CBC(
            0x0303,
            List.of(0xC013, 0xC014, 0xC027, 0xC028, 0xC009, 0xC00A, 0xC023, 0xC024, 0x0033, 0x0039, 0x0067, 0x006B)),
    /** Null, anonymous, export, RC4, single and triple DES (RFC 9325 §4.1: must not be negotiated). */
    WEAK(
            0x0303,
            List.of(
                    0x0001, 0x0002, 0x003B, 0xC006, 0xC010, 0x0018, 0x0034, 0x003A, 0x006C, 0xC018, 0xC019, 0x0003,
                    0x0006, 0x0008, 0x0014, 0x0004, 0x0005, 0xC007, 0xC011, 0x0009, 0x0015, 0x000A, 0x0016, 0xC008,
                    0xC012)),
    /** RFC 8996: must not be used. */
    TLS_1_1(0x0302, List.of(0xC013, 0xC014, 0xC009, 0xC00A, 0x0033, 0x0039, 0x002F, 0x0035, 0x000A, 0x0005)),
    /** RFC 8996: must not be used. */
    TLS_1_0(0x0301, List.of(0xC013, 0xC014, 0xC009, 0xC00A, 0x0033, 0x0039, 0x002F, 0x0035, 0x000A, 0x0005));

    private final int version;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is, and Error Prone does not see it through the constructor
    private final List<Integer> suites;

    TlsOffer(int version, List<Integer> suites) {
        this.version = version;
        this.suites = suites;
    }

    /** As it stands in the handshake (RFC 8446 §4.2.1). */
    public int version() {
        return version;
    }

    /** Numbers of the IANA registry, the preferred first. */
    public List<Integer> suites() {
        return suites;
    }
}
