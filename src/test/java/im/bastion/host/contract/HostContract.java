// SPDX-License-Identifier: Apache-2.0
package im.bastion.host.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The whole contract, and a way to try it where there is no test framework. */
public final class HostContract {
    private HostContract() {}

    /** Every statement, in an order that depends on nothing: each may be tried alone and again. */
    public static List<Statement> statements() {
        return Stream.of(
                        PropertiesContract.STATEMENTS,
                        DatabaseContract.STATEMENTS,
                        UsersContract.STATEMENTS,
                        GroupsContract.STATEMENTS,
                        RoomsContract.STATEMENTS,
                        RoomActionsContract.STATEMENTS,
                        RoomArchiveContract.STATEMENTS,
                        PepContract.STATEMENTS,
                        PubSubContract.STATEMENTS,
                        TrafficContract.STATEMENTS,
                        ServerSessionsContract.STATEMENTS,
                        ServerCertificatesContract.STATEMENTS,
                        PluginsContract.STATEMENTS,
                        IqServicesContract.STATEMENTS,
                        CapabilitiesContract.STATEMENTS)
                .flatMap(List::stream)
                .toList();
    }

    /** Tries all and answers one line for each that fails; empty when the host keeps the contract. */
    public static List<String> failuresOn(HostStage stage) {
        List<String> failures = new ArrayList<>();
        for (Statement statement : statements()) {
            try {
                statement.check().on(stage);
            } catch (Exception | AssertionError | LinkageError e) {
                failures.add(statement.says() + ": " + e);
            }
        }
        return failures;
    }
}
