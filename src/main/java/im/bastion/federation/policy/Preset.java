// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.policy;

import im.bastion.policy.Citation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Policies to begin with. Each is a policy file with its rules in observe. */
public enum Preset {
    /** Encrypted with TLS of today; who cannot prove its name by certificate may do so by dialback. */
    RFC_7590,
    /** Forward secrecy, authenticated ciphers, valid certificates. */
    BCP_195,
    /** Nobody but partners whose keys are pinned. */
    PINNED_ONLY;

    /** What it stands on. */
    public Citation citation() {
        return switch (this) {
            case RFC_7590 -> new Citation("RFC 7590", "3");
            case BCP_195 -> new Citation("BCP 195 (RFC 9325)", "");
            case PINNED_ONLY -> new Citation("RFC 7469", "2.4");
        };
    }

    /** As it stands in an address and a file's name, for example "rfc-7590". */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The policy file. */
    public String text() {
        try (InputStream in = Preset.class.getResourceAsStream("preset-" + word() + ".json")) {
            if (in == null) {
                throw new IllegalStateException("The preset " + word() + " is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
