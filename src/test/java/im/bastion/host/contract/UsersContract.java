// SPDX-License-Identifier: Apache-2.0
package im.bastion.host.contract;

import static im.bastion.host.contract.Statement.holds;
import static im.bastion.host.contract.Statement.same;

import im.bastion.host.Subscription;
import im.bastion.host.Users;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xmpp.packet.JID;

/** What {@link Users} promises. */
final class UsersContract {
    static final List<Statement> STATEMENTS = List.of(
            new Statement("an account is registered, by bare or full JID", UsersContract::registered),
            new Statement("nobody else is registered", UsersContract::notRegistered),
            new Statement("an administrator is one, by bare or full JID, and is listed", UsersContract::admin),
            new Statement("who asked hears of a deleted account, and not after that", UsersContract::deleted),
            new Statement("a resource that nobody bound is not connected", UsersContract::notConnected),
            new Statement("the end of an account is told until nobody listens", UsersContract::end));

    private UsersContract() {}

    private static void registered(HostStage stage) {
        JID account = stage.account("contract-user");
        Users users = stage.host().users();
        holds("it is counted", users.count() > 0);
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

    private static void deleted(HostStage stage) {
        List<JID> heard = new CopyOnWriteArrayList<>();
        JID first = stage.account("contract-leaver");
        Subscription subscription = stage.host().users().onDeleted(heard::add);
        stage.delete(first);
        subscription.close();
        stage.delete(stage.account("contract-later-leaver"));
        same("who was deleted", List.of(first), List.copyOf(heard));
    }

    private static void notConnected(HostStage stage) {
        JID account = stage.account("contract-user");
        holds("it is not connected", !stage.host().users().isConnected(new JID(account + "/never-bound")));
        holds(
                "it has no such resource",
                stage.host().users().resources(account).stream()
                        .noneMatch(jid -> "never-bound".equals(jid.getResource())));
        stage.host().users().disconnect(new JID(account + "/never-bound"));
        holds(
                "it is not connected since any time",
                stage.host().users().connectedSince(new JID(account + "/never-bound")) == 0);
        holds("a remote JID is not connected", !stage.host().users().isConnected(new JID("a@elsewhere.example/b")));
    }

    private static void end(HostStage stage) {
        List<JID> ended = new CopyOnWriteArrayList<>();
        JID account = stage.account("contract-mortal");
        try (Subscription listening = stage.host().users().onEnd(ended::add)) {
            holds("it listens", listening != null);
            stage.delete(account);
        }
        same("who has ended", List.of(account), ended);
        stage.delete(stage.account("contract-mortal"));
        same("who has ended while somebody listened", List.of(account), ended);
    }
}
