// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.datagram;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The nameless files in which libffi, which JNA brings, keeps code that it makes. */
final class LibffiFiles {
    private static final Logger LOG = LoggerFactory.getLogger(LibffiFiles.class);
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Pattern NAME = Pattern.compile(".*/(ffi\\w{6}|memfd:libffi) \\(deleted\\)");

    private LibffiFiles() {}

    /** The descriptors of those that are open in this process; none where the system does not tell. */
    static Set<Integer> open() {
        Set<Integer> found = new HashSet<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path each : descriptors) {
                if (isOne(each)) {
                    found.add(Integer.parseInt(each.getFileName().toString()));
                }
            }
        } catch (IOException e) {
            LOG.debug("Open files are not told", e);
        }
        return found;
    }

    /** A descriptor may be closed while it is looked at. */
    private static boolean isOne(Path descriptor) {
        try {
            return NAME.matcher(Files.readSymbolicLink(descriptor).toString()).matches();
        } catch (IOException e) {
            LOG.trace("{} is closed", descriptor, e);
            return false;
        }
    }
}
