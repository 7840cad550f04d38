// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.keylog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The secret that heads are signed with, in a file of its own, so that who can write to the database cannot sign. The next
 * one waits in a second file until the log names it: a process that dies in between goes on with the one that is named.
 */
final class KeyRing {
    static final String FILE = "keylog-signer.key";
    private static final String SUCCESSOR = "keylog-signer-successor.key";

    private final DurableFile file;
    private final DurableFile successor;

    KeyRing(Path folder) {
        this.file = new DurableFile(folder.resolve(FILE));
        this.successor = new DurableFile(folder.resolve(SUCCESSOR));
    }

    /** The secret of the key that the log names, or null when it is not here. */
    SigningKey of(PublicKey named) throws IOException {
        SigningKey waiting = read(successor);
        if (waiting != null && waiting.publicKey().equals(named)) {
            succeed(waiting);
            return waiting;
        }
        SigningKey key = read(file);
        return key != null && key.publicKey().equals(named) ? key : null;
    }

    /** The secret in the file, made where there is none: for a log that names no key yet. */
    SigningKey first() throws IOException {
        SigningKey key = read(file);
        if (key == null) {
            key = SigningKey.create();
            file.write(key.toSecretText() + "\n");
        }
        return key;
    }

    /** A new secret that waits for the log to name it. */
    SigningKey prepare() throws IOException {
        SigningKey key = SigningKey.create();
        successor.write(key.toSecretText() + "\n");
        return key;
    }

    private void succeed(SigningKey key) throws IOException {
        file.write(key.toSecretText() + "\n");
        Files.deleteIfExists(successor.path());
    }

    private static SigningKey read(DurableFile file) throws IOException {
        String text = file.read();
        try {
            return text == null ? null : SigningKey.ofSecretText(text);
        } catch (IllegalArgumentException e) {
            // Never the text itself: it may be most of the secret.
            throw new IOException(file.path() + " does not hold a key");
        }
    }
}
