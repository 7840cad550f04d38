// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.offer;

import im.bastion.relay.credential.TurnCredentials;
import java.time.Duration;

/**
 * What can be offered now.
 *
 * @param host the address clients are to use
 * @param port its UDP port
 * @param credentials mints, or null when only STUN is offered
 * @param life how long a credential is valid
 */
public record OfferedRelay(String host, int port, TurnCredentials credentials, Duration life) {}
