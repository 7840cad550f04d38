// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.selftest;

import im.bastion.relay.turn.Leg;
import java.net.InetSocketAddress;

/**
 * A way in to be tried.
 *
 * @param server where clients find the relay on that leg
 * @param own whether this machine has the address itself, so that its own packets do not leave it
 * @param advertised whether clients are told this address; one that is not shows whether the relay works at all, and is tried
 *     without relayed data
 */
public record Way(Leg leg, InetSocketAddress server, boolean own, boolean advertised) {}
