// SPDX-License-Identifier: Apache-2.0
package im.bastion.host.contract;

import static im.bastion.host.contract.Statement.holds;

import java.util.List;
import java.util.Set;
import org.xmpp.packet.JID;

/** What {@link im.bastion.host.Groups} promises. */
final class GroupsContract {
    static final List<Statement> STATEMENTS = List.of(
            new Statement("a group has its members as bare JIDs", GroupsContract::members),
            new Statement("a group that nobody made is none", GroupsContract::none));

    private GroupsContract() {}

    private static void members(HostStage stage) {
        JID account = stage.account("contract-user");
        stage.group("contract-group", account);
        holds("it has its member", Set.of(account).equals(stage.host().groups().members("contract-group")));
    }

    private static void none(HostStage stage) {
        holds("there is none", stage.host().groups().members("contract-no-group") == null);
    }
}
