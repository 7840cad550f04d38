// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.server;

import java.nio.file.Files;
import java.nio.file.Path;

/** The plugin as it is uploaded. */
public final class BastionJar {
    private BastionJar() {}

    /** The packed jar; Maven's package phase writes it. */
    public static Path path() {
        Path jar =
                Path.of(System.getProperty("bastion.jar", "target/bastion.jar")).toAbsolutePath();
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " is missing: run ./bastion package");
        }
        return jar;
    }
}
