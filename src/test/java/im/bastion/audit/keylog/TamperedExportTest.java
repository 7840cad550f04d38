// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.keylog;

import static im.bastion.audit.keylog.KeyLogFixtures.JULIET;
import static im.bastion.audit.keylog.KeyLogFixtures.ROMEO;
import static im.bastion.audit.keylog.KeyLogFixtures.event;
import static im.bastion.audit.keylog.KeyLogFixtures.export;
import static im.bastion.audit.keylog.KeyLogFixtures.proof;
import static im.bastion.audit.keylog.KeyLogFixtures.verify;
import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.audit.keylog.KeyLogFixtures.Hand;
import im.bastion.audit.keylog.KeyLogFixtures.Node;
import im.bastion.host.Database.Dialect;
import im.bastion.store.DatabaseServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody does to an exported file does not go unnoticed. */
class TamperedExportTest {
    @TempDir
    private static Path folder;

    private static Path log;
    private static Path romeo;
    private static Path forged;

    @BeforeAll
    static void exportALog() throws Exception {
        log = exported("honest", ROMEO);
        forged = exported("forged", JULIET);
    }

    private static Path exported(String name, String account) throws Exception {
        try (Node node = new Node(
                DatabaseServer.of(Dialect.HSQLDB).freshDatabase(), folder.resolve(name), HeadBoard.NONE, new Hand())) {
            IntStream.range(1, 30)
                    .forEach(device -> node.log.record(event(device % 2 == 0 ? account : JULIET, device)));
            node.awaitHead(30);
            romeo = account.equals(ROMEO) ? proof(node.log, ROMEO, 0, folder.resolve("romeo")) : romeo;
            return export(node.log, folder.resolve(name + ".log"));
        }
    }

    private static Path changed(Path file, List<String> lines) throws Exception {
        return Files.write(folder.resolve("changed-" + file.getFileName()), lines);
    }

    private static List<String> lines(Path file) throws Exception {
        return new ArrayList<>(Files.readAllLines(file));
    }

    @Test
    void theFilesAsTheyAreHold() throws Exception {
        assertThat(verify(log, "--account", romeo)).endsWith("exit 0");
    }

    @Test
    void aLogThatEndsEarlyFails() throws Exception {
        List<String> lines = lines(log);
        lines.remove(lines.size() - 1);
        assertThat(verify(changed(log, lines)))
                .contains("FAILED  the file has 29 leaves, its head is about 30")
                .endsWith("exit 1");
    }

    @Test
    void aFileCutInTheMiddleOfALineIsRefused() throws Exception {
        String text = Files.readString(log);
        Path cut = Files.writeString(folder.resolve("cut"), text.substring(0, text.length() - 10));
        assertThat(verify(cut)).contains("Line 32 is cut off").endsWith("exit 2");
    }

    @Test
    void leavesInAnotherOrderFail() throws Exception {
        List<String> lines = lines(log);
        Collections.swap(lines, 10, 11);
        assertThat(verify(changed(log, lines)))
                .contains("FAILED  the leaves do not have the root of the head")
                .endsWith("exit 1");
    }

    @Test
    void aLeafLeftOutOrDoubledFails() throws Exception {
        List<String> less = lines(log);
        less.remove(10);
        List<String> more = lines(log);
        more.add(10, more.get(10));

        assertThat(verify(changed(log, less))).endsWith("exit 1");
        assertThat(verify(changed(log, more))).endsWith("exit 1");
    }

    @Test
    void aLeafOfAnotherLogFails() throws Exception {
        List<String> lines = lines(log);
        lines.set(10, lines(forged).get(10));
        assertThat(verify(changed(log, lines)))
                .contains("FAILED  the leaves do not have the root of the head")
                .endsWith("exit 1");
    }

    @Test
    void theLeavesOfAnotherLogWithItsHeadFailTheKey() throws Exception {
        List<String> lines = lines(forged);
        lines.set(2, lines(log).get(2));
        assertThat(verify(changed(log, lines)))
                .contains("FAILED  the head is not signed with the log's key of its time")
                .endsWith("exit 1");
    }

    @Test
    void aProofThatLeavesAnEventOutFailsBesideTheWholeLog() throws Exception {
        List<String> lines = lines(romeo);
        lines.remove(lines.size() - 1);
        Path less = changed(romeo, lines);

        assertThat(verify(less)).endsWith("exit 0");
        assertThat(verify(log, "--account", less))
                .contains("FAILED  the log has events of romeo@home.example that the proof does not tell")
                .endsWith("exit 1");
    }

    @Test
    void anEventToldAnotherWayFails() throws Exception {
        List<String> lines = lines(romeo);
        List<String> one = new ArrayList<>(Arrays.asList(lines.get(4).split(" ", -1)));
        one.set(3, Arrays.asList(lines.get(5).split(" ", -1)).get(3));
        lines.set(4, String.join(" ", one));
        Path lie = changed(romeo, lines);

        assertThat(verify(lie)).contains("FAILED  leaf 2 is not proven").endsWith("exit 1");
        assertThat(verify(log, "--account", lie))
                .contains("1 events of romeo@home.example are not in the log as they are told")
                .endsWith("exit 1");
    }

    @Test
    void aPathThatIsTooShortFails() throws Exception {
        List<String> lines = lines(romeo);
        String event = lines.get(4);
        lines.set(4, event.substring(0, event.lastIndexOf(' ')));
        assertThat(verify(changed(romeo, lines))).contains("FAILED  leaf 2").endsWith("exit 1");
    }

    @Test
    void whatIsNoExportIsRefusedInWords() throws Exception {
        assertThat(verify(Files.writeString(folder.resolve("empty"), ""))).contains("Line 1 is missing");
        assertThat(verify(Files.writeString(folder.resolve("other"), "hello\n")))
                .contains("Line 1 is not the beginning of an exported key log");
        assertThat(verify(folder.resolve("nowhere"))).endsWith("exit 2");
        assertThat(verify()).contains("verify-keylog FILE").endsWith("exit 2");
        assertThat(verify(log, "--earlier")).contains("verify-keylog FILE").endsWith("exit 2");
        assertThat(verify(log, "--key", "x")).contains("A key is name+hash+key").endsWith("exit 2");
    }
}
