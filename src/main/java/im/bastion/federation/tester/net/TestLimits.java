// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.net;

import java.time.Duration;

/** What a test may take. docs/federation.md names them. */
public final class TestLimits {
    /** One test, from the first question to the last byte. */
    public static final Duration TOTAL = Duration.ofSeconds(90);

    /** One connection, from its first packet to its end: a peer that sends a byte a second does not make it longer. */
    public static final Duration CONNECTION = Duration.ofSeconds(10);

    /** One question to a name server. */
    public static final Duration QUERY = Duration.ofSeconds(4);

    /** What is read in one test, all connections and answers together. */
    public static final long BYTES = 4L << 20;

    /** Questions to name servers in one test, those of the validation among them. */
    public static final int QUERIES = 200;

    /** Places that SRV records name, both services together. */
    public static final int TARGETS = 6;

    /** Addresses of one place, of each family. */
    public static final int ADDRESSES = 2;

    /** Records of one kind at one name that are looked at. */
    public static final int RECORDS = 32;

    private TestLimits() {}
}
