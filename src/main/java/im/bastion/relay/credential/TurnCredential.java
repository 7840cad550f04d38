// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.credential;

import java.time.Instant;

/**
 * What a client needs to authenticate to the relay.
 *
 * @param username "expiry:pseudonym-session", expiry in epoch seconds
 */
public record TurnCredential(String username, String password, Instant expires) {
    /** Without the password, so that a log line cannot hold it. */
    @Override
    public String toString() {
        return username;
    }
}
