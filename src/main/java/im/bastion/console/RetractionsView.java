// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.moderation.archive.Retractions.Retraction;

/**
 * Retracted messages.
 *
 * @param retractions null when they cannot be read now
 */
public record RetractionsView(Frame frame, Slice<Retraction> retractions) {}
