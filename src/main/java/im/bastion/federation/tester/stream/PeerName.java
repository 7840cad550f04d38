// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.stream;

import im.bastion.federation.tls.DomainName;
import java.net.IDN;

/**
 * The tested domain in both of its forms.
 *
 * @param ascii for the DNS, certificates and handshakes
 * @param unicode for addresses in streams (RFC 7622 §3.2)
 */
public record PeerName(String ascii, String unicode) {
    private static final String NOT_IN_XML = "[<>&'\"\\p{C}]";

    /** @throws IllegalArgumentException when it is no domain */
    public static PeerName of(String text) {
        String ascii = DomainName.of(text).ascii();
        String unicode = IDN.toUnicode(ascii, IDN.USE_STD3_ASCII_RULES);
        return new PeerName(ascii, unicode.replaceAll(NOT_IN_XML, "").equals(unicode) ? unicode : ascii);
    }
}
