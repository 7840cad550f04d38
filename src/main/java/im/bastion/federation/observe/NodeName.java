// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.observe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This node's name in the history: eight hexadecimal digits in a file of Bastion's folder, made once. */
public final class NodeName {
    private static final Logger LOG = LoggerFactory.getLogger(NodeName.class);
    private static final String FILE = "federation-node";
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{8}");
    private static final int BYTES = 4;

    private NodeName() {}

    /** The name; a new one each time when the folder cannot be written, which costs nothing but rows. */
    public static String in(Path folder) {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        String fresh = HexFormat.of().formatHex(random);
        Path file = folder.resolve(FILE);
        try {
            Files.createDirectories(folder);
            if (Files.exists(file)) {
                String known = Files.readString(file).strip();
                if (FORM.matcher(known).matches()) {
                    return known;
                }
            }
            Files.writeString(file, fresh);
            return fresh;
        } catch (IOException e) {
            LOG.warn("This node's name cannot be kept in {}: {}", file, e.toString());
            return fresh;
        }
    }
}
