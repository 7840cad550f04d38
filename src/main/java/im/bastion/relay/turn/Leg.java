// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

/** What carries STUN between client and server (RFC 8656 §2.1). */
public enum Leg {
    UDP,
    DTLS,
    TCP,
    TLS;

    /** Whether it is a stream, over which alone TCP can be relayed (RFC 6062 §4.1). */
    public boolean isStream() {
        return this == TCP || this == TLS;
    }
}
