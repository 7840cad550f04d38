// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.desk;

import im.bastion.host.Host;
import im.bastion.moderation.archive.Retractions;
import im.bastion.moderation.sanction.Sanctions;
import im.bastion.store.Policies;
import im.bastion.store.PolicyRow;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;

/**
 * What the commands of rooms work with.
 *
 * @param fault what is wrong with the definition of a rule, or null
 */
public record Desk(
        Host host,
        Cases cases,
        Sanctions sanctions,
        Retractions retractions,
        Policies policies,
        Function<PolicyRow, String> fault,
        Clock clock) {
    /** The commands, in the order in which people see them. */
    public RoomCommands commands() {
        return new RoomCommands(
                host,
                List.of(
                        new CasesCommand(this),
                        SanctionCommand.warn(this),
                        SanctionCommand.mute(this),
                        SanctionCommand.kick(this),
                        SanctionCommand.ban(this),
                        new LiftCommand(this),
                        new RetractCommand(this),
                        new RestoreCommand(this),
                        new RuleCommand(this),
                        new AppealCommand(this),
                        new MySanctionsCommand(this)));
    }
}
