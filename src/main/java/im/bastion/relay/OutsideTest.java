// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay;

import java.time.Instant;
import java.util.List;

/**
 * What somebody who is not on this machine needs to test the relay from there.
 *
 * @param uris of STUN and TURN, as RFC 7064 and RFC 7065 write them
 * @param username good for tests alone
 * @param password the same
 * @param expires when the two are worth nothing any more
 */
public record OutsideTest(List<String> uris, String username, String password, Instant expires) {
    public OutsideTest {
        uris = List.copyOf(uris);
    }

    /** Without the password, so that a log line cannot hold it. */
    @Override
    public String toString() {
        return uris + " " + username;
    }
}
