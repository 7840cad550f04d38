// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.fact;

import java.util.Objects;

/**
 * One step of a test.
 *
 * @param subject what it was about: a name, an address
 * @param ok whether it came to what it should
 * @param detail what came of it, not escaped
 * @param millis how long it took
 */
public record TestStep(Kind kind, String subject, boolean ok, String detail, long millis) {
    private static final int MAX_TEXT = 500;

    /** In the order in which a test takes them. */
    public enum Kind {
        SRV,
        POSH,
        ADDRESSES,
        TLSA,
        CONNECT,
        STREAM,
        STARTTLS,
        HANDSHAKE,
        FEATURES,
        DIALBACK,
        OFFERS
    }

    public TestStep {
        Objects.requireNonNull(kind);
        subject = shown(subject);
        detail = shown(detail);
    }

    private static String shown(String text) {
        String clean = text.replaceAll("\\p{C}", "\uFFFD");
        return clean.length() <= MAX_TEXT ? clean : clean.substring(0, MAX_TEXT - 1) + "…";
    }
}
