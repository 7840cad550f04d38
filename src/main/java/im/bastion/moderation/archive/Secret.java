// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.archive;

import im.bastion.host.Properties;
import java.security.SecureRandom;
import java.util.Base64;

/** A random key in a host property, made at first use; losing it loses what was made with it, and nothing else. */
final class Secret {
    private static final int BYTES = 32;

    private Secret() {}

    /** @param key holds the word "password", because the host's own pages hide the values of such properties alone */
    static byte[] of(Properties properties, String key) {
        String kept = properties.get(key);
        if (kept != null && !kept.isBlank()) {
            try {
                byte[] bytes = Base64.getUrlDecoder().decode(kept.strip());
                if (bytes.length >= BYTES) {
                    return bytes;
                }
            } catch (IllegalArgumentException e) {
                // Edited by hand: a new one is the only way on.
            }
        }
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        properties.set(key, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
        return random;
    }
}
