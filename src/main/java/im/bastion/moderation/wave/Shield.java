// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.wave;

import java.time.Instant;
import org.xmpp.packet.JID;

/**
 * A room in which newcomers wait until a wave is over.
 *
 * @param until when it lifts by itself, unless the wave goes on
 * @param why in words for moderators
 * @param turnedAway how many events of newcomers it has kept away so far
 */
public record Shield(JID room, Instant since, Instant until, String why, int turnedAway) {}
