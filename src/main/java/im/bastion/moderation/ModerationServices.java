// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation;

import im.bastion.moderation.archive.Retractions;
import im.bastion.moderation.book.RuleBook;
import im.bastion.moderation.book.Trial;
import im.bastion.moderation.desk.Cases;
import im.bastion.moderation.desk.RuleScores;
import im.bastion.moderation.limit.Holds;
import im.bastion.moderation.reputation.BlockLists;
import im.bastion.moderation.sanction.Sanctions;
import im.bastion.moderation.statistics.Statistics;
import im.bastion.moderation.wave.Shields;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.xmpp.packet.JID;

/**
 * What the console may ask of moderation and do with it.
 *
 * @param book the rules in force
 * @param slowMode between two messages of an account in a room, in seconds; 0 for no slow mode
 */
public record ModerationServices(
        Supplier<RuleBook> book,
        Trial trial,
        RuleScores scores,
        RuleWatch watch,
        Cases cases,
        Sanctions sanctions,
        Retractions retractions,
        BlockLists lists,
        Shields shields,
        Holds holds,
        ToIntFunction<JID> slowMode,
        Statistics statistics) {}
