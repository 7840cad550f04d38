// SPDX-License-Identifier: Apache-2.0
package im.bastion.host.contract;

import static im.bastion.host.contract.Statement.holds;

import im.bastion.host.Users;
import java.util.List;
import org.xmpp.packet.JID;

/** What {@link Users} promises. */
final class UsersContract {
    static final List<Statement> STATEMENTS = List.of(
            new Statement("an account is registered, by bare or full JID", UsersContract::registered),
            new Statement("nobody else is registered", UsersContract::notRegistered),
            new Statement("an administrator is one, by bare or full JID, and is listed", UsersContract::admin),
            new Statement("a resource that nobody bound is not connected", UsersContract::notConnected));

    private UsersContract() {}

    private static void registered(HostStage stage) {
        JID account = stage.account("contract-user");
        Users users = stage.host().users();
        holds("the bare JID is registered", users.isRegistered(account));
        holds("the full JID is registered", users.isRegistered(new JID(account + "/phone")));
        holds("it is no administrator", !users.isAdmin(account));
    }

    private static void notRegistered(HostStage stage) {
        JID account = stage.account("contract-user");
        Users users = stage.host().users();
        holds(
                "an unknown name is not registered",
                !users.isRegistered(new JID("nobody-at-all@" + stage.host().domain())));
        holds(
                "the same name elsewhere is not registered",
                !users.isRegistered(new JID(account.getNode() + "@elsewhere.example")));
        holds(
                "the domain is not registered",
                !users.isRegistered(new JID(stage.host().domain())));
    }

    private static void admin(HostStage stage) {
        JID admin = stage.administrator();
        Users users = stage.host().users();
        holds("the bare JID is one", users.isAdmin(admin));
        holds("the full JID is one", users.isAdmin(new JID(admin + "/desk")));
        holds("it is listed as bare JID", users.admins().contains(admin.asBareJID()));
        holds("the same name elsewhere is none", !users.isAdmin(new JID(admin.getNode() + "@elsewhere.example")));
    }

    private static void notConnected(HostStage stage) {
        JID account = stage.account("contract-user");
        holds("it is not connected", !stage.host().users().isConnected(new JID(account + "/never-bound")));
        holds(
                "it is not connected since any time",
                stage.host().users().connectedSince(new JID(account + "/never-bound")) == 0);
        holds("a remote JID is not connected", !stage.host().users().isConnected(new JID("a@elsewhere.example/b")));
    }
}
