// SPDX-License-Identifier: Apache-2.0
package im.bastion.host.contract;

import static im.bastion.host.contract.Statement.holds;
import static im.bastion.host.contract.Statement.same;

import im.bastion.host.ServerSessions;
import java.util.List;

/** What {@link ServerSessions} promises where no peer is connected. */
final class ServerSessionsContract {
    static final List<Statement> STATEMENTS = List.of(
            new Statement("this server's domain and its services are local, others not", ServerSessionsContract::local),
            new Statement("a domain that never connected has no incoming session", ServerSessionsContract::none),
            new Statement("an empty chain leads to no authority", ServerSessionsContract::nobody),
            new Statement("why nobody is trusted is said in words", ServerSessionsContract::distrusted));

    private ServerSessionsContract() {}

    private static void local(HostStage stage) {
        ServerSessions sessions = stage.host().serverSessions();
        holds("the domain is local", sessions.isLocal(stage.host().domain()));
        String service =
                stage.room("contract-room", stage.account("contract-owner")).getDomain();
        holds("the group chat service is local", sessions.isLocal(service));
        holds("another domain is not", !sessions.isLocal("elsewhere.example"));
        holds(
                "a domain that only ends alike is not",
                !sessions.isLocal("not" + stage.host().domain()));
    }

    private static void nobody(HostStage stage) {
        same("the authority", "", stage.host().serverSessions().authority(List.of()));
    }

    private static void distrusted(HostStage stage) {
        same("why", "it presented no certificate", stage.host().serverSessions().distrust(List.of()));
    }

    private static void none(HostStage stage) {
        same("the sessions", List.of(), stage.host().serverSessions().incoming("elsewhere.example"));
    }
}
