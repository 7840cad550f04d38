// SPDX-License-Identifier: Apache-2.0
package im.bastion.calls.jingle;

import java.net.InetAddress;
import java.util.Set;

/**
 * One content of a Jingle request.
 *
 * @param name what the parties call it
 * @param media "audio", "video" or whatever it says when it is described as RTP (XEP-0167); empty when it is described as
 *     something else or not at all
 * @param keying what its sender says about encryption
 * @param candidates the addresses its sender names
 */
public record Content(String name, String media, Keying keying, Set<InetAddress> candidates) {}
