// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.dns;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What all trust in the DNS begins with: the keys of its root. */
public final class RootAnchors {
    private static final String FILE = "root-anchors.txt";

    private RootAnchors() {}

    /** DS records as in a zone file. */
    public static String text() {
        try (InputStream in = RootAnchors.class.getResourceAsStream(FILE)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
