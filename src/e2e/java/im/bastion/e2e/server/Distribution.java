// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** One Openfire release: how its home is furnished and how its JVM is started. */
public sealed interface Distribution permits CentralDistribution, UnpackedDistribution {
    /** The one the tests run on: {@code -Dopenfire.dir} when given, otherwise 4.2.0 from Maven Central. */
    static Distribution underTest() {
        String folder = System.getProperty("openfire.dir", "");
        return folder.isEmpty() ? new CentralDistribution() : new UnpackedDistribution(Path.of(folder));
    }

    /** Whether this is the assembled 4.2.0. */
    boolean isFourTwo();

    /** The folder with the jars of the release. */
    Path lib();

    /** Fills an empty home so that the first start needs no person. */
    void furnish(Furnishing furnishing) throws IOException;

    /** Arguments of {@code java} up to the main class, for a furnished home. */
    List<String> javaArguments(Path home);

    /** What a home is furnished for. */
    record Furnishing(Path home, ServerOptions options, Ports ports) {}
}
