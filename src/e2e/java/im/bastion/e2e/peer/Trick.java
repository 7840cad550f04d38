// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.peer;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** What the rogue peer does wrong. The first label of the domain it is called by decides. */
public enum Trick {
    /** Nothing: STARTTLS, a trusted certificate for the domain, dialback. */
    HONEST,
    /** Takes the ClientHello and hangs up. */
    CLOSE_IN_HANDSHAKE,
    /** Sends something that is not TLS after {@code <proceed/>}. */
    GARBAGE_AFTER_PROCEED,
    /** A certificate of a trusted authority that has run out. */
    EXPIRED_CERTIFICATE,
    /** A certificate that it signed itself. */
    SELF_SIGNED_CERTIFICATE,
    /** A trusted certificate for another domain. */
    WRONG_NAME,
    /** Does not offer STARTTLS. */
    NO_STARTTLS,
    /** Offers STARTTLS and answers {@code <failure/>}. */
    STARTTLS_FAILURE,
    /** Sends a stanza in clear text together with {@code <proceed/>}, or with {@code <starttls/>} when it calls. */
    INJECTED_STANZA,
    /** Takes the ClientHello, says nothing for some seconds and hangs up. */
    STALLED_HANDSHAKE,
    /** A certificate that begins to hold tomorrow. */
    NOT_YET_VALID,
    /** A certificate of an authority nobody trusts. */
    UNKNOWN_AUTHORITY,
    /** Its name stands in the subject only (RFC 9525 §6.3). */
    COMMON_NAME_ONLY,
    /** A wildcard that would have to stand for two labels. */
    DEEP_WILDCARD,
    /** Its name with a NUL and another domain behind it. */
    NUL_IN_NAME,
    /** Its name as id-on-xmppAddr (RFC 6120 §13.7.1.4). */
    XMPP_ADDRESS,
    /** Its name as SRV-ID for servers (RFC 4985). */
    SERVICE_NAME,
    /** Its name as SRV-ID for clients. */
    ANOTHER_SERVICE,
    /** A wildcard for the domains below it. */
    WILDCARD_BELOW,
    /** The address of its host instead of its name. */
    ADDRESS_ONLY,
    /** Its name as the last of 1,100. */
    TOO_MANY_NAMES,
    /** Keeps the certificate back that is between its own and the authority's. */
    MISSING_INTERMEDIATE,
    /** A certificate whose extended key usage is serverAuth alone. */
    FOR_SERVERS_ONLY,
    /** Calls without a certificate. */
    NO_CERTIFICATE,
    /** Denies in dialback that it was the one who called; who calls has a trusted certificate for another domain. */
    DENIES_DIALBACK;

    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** A domain nobody used before, on which the rogue peer plays this trick. */
    public String domain() {
        return label() + ".n" + NUMBER.incrementAndGet() + ".test";
    }

    static Trick of(String domain) {
        return Arrays.stream(values())
                .filter(trick -> domain.startsWith(trick.label() + "."))
                .findFirst()
                .orElse(HONEST);
    }

    /** Its name as it stands in domains and in docs/federation-verdicts.md. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
