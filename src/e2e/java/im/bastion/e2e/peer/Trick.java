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
    NO_STARTTLS;

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

    private String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
