// SPDX-License-Identifier: Apache-2.0
package im.bastion.host.contract;

import static im.bastion.host.contract.Statement.holds;
import static im.bastion.host.contract.Statement.same;

import im.bastion.host.Capability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What {@link im.bastion.host.Capabilities} promises, and the host about itself. */
final class CapabilitiesContract {
    static final List<Statement> STATEMENTS = List.of(
            new Statement("each capability is told once and says what was found", CapabilitiesContract::told),
            new Statement("the host says what it is and where its files go", CapabilitiesContract::itself));

    private CapabilitiesContract() {}

    private static void told(HostStage stage) {
        List<Capability> all = stage.host().capabilities().all();
        same(
                "the ids without repetition",
                all.stream().map(Capability::id).distinct().count(),
                (long) all.size());
        holds("each has a detail", all.stream().noneMatch(c -> c.detail().isBlank()));
    }

    private static void itself(HostStage stage) throws IOException {
        holds("the product has name and version", stage.host().product().matches("\\S+ \\d.*"));
        Path folder = Files.createDirectories(stage.host().dataFolder());
        Path file = Files.createTempFile(folder, "contract", ".txt");
        holds("a file can be kept there", Files.deleteIfExists(file));
    }
}
