// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.key;

import im.bastion.federation.tls.StreamFacts;
import im.bastion.host.ServerSession.Authentication;

/**
 * How well sessions were protected.
 *
 * @param protocol JSSE name of the version of TLS, whose names sort by age; empty for plain text
 * @param valid whether the certificate was trusted and for the peer
 * @param external whether SASL EXTERNAL was used
 */
public record Protection(String protocol, boolean valid, boolean external) {
    static final Protection NONE = new Protection("", false, false);

    static Protection of(StreamFacts facts, boolean valid) {
        return new Protection(
                facts.encrypted() ? facts.protocol() : "", valid, facts.authentication() == Authentication.EXTERNAL);
    }

    /** The best of both, each by itself. */
    Protection best(Protection other) {
        return new Protection(
                protocol.compareTo(other.protocol) < 0 ? other.protocol : protocol,
                valid || other.valid,
                external || other.external);
    }
}
