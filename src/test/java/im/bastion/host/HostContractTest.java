// SPDX-License-Identifier: Apache-2.0
package im.bastion.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import im.bastion.host.contract.HostContract;
import im.bastion.host.contract.Statement;
import im.bastion.host.memory.MemoryHost;
import im.bastion.host.memory.MemoryStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The host in memory keeps the contract that the real one keeps. */
class HostContractTest {
    @TestFactory
    Stream<DynamicTest> memoryHostKeepsEveryStatement() {
        return HostContract.statements().stream()
                .map(statement -> dynamicTest(statement.says(), () -> onItsOwnHost(statement)));
    }

    @Test
    void statementsMayBeTriedOneAfterTheOtherTwice() {
        try (MemoryHost host = new MemoryHost()) {
            MemoryStage stage = new MemoryStage(host);
            assertThat(HostContract.failuresOn(stage)).isEmpty();
            assertThat(HostContract.failuresOn(stage)).isEmpty();
        }
    }

    @Test
    void noTwoStatementsSayTheSame() {
        assertThat(HostContract.statements()).extracting(Statement::says).doesNotHaveDuplicates();
    }

    private static void onItsOwnHost(Statement statement) throws Exception {
        try (MemoryHost host = new MemoryHost()) {
            statement.check().on(new MemoryStage(host));
        }
    }
}
