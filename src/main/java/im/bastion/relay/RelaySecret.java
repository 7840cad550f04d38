// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay;

import im.bastion.host.Properties;
import im.bastion.host.Subscription;
import im.bastion.relay.credential.TurnCredentials;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/**
 * The secret that credentials are made from: a host property, made at first use, followed when an admin changes it. Calls
 * that run survive the change. It is not among the {@link RelaySettings}, because those may be shown and logged.
 */
final class RelaySecret implements AutoCloseable {
    /** Holds the word "password", because the host's own pages hide the values of such properties and of no others. */
    static final String KEY = "plugin.bastion.relay.password-secret";

    private static final int BYTES = 32;

    private final Subscription changes;
    private volatile TurnCredentials credentials;

    RelaySecret(Properties properties) {
        String secret = properties.get(KEY);
        if (secret == null || secret.isBlank()) {
            byte[] random = new byte[BYTES];
            new SecureRandom().nextBytes(random);
            secret = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
            properties.set(KEY, secret);
        }
        use(secret);
        changes = properties.onChange((key, value) -> {
            if (key.equals(KEY) && value != null && !value.isBlank()) {
                use(value);
            }
        });
    }

    /** What mints and checks now. */
    TurnCredentials credentials() {
        return credentials;
    }

    @Override
    public void close() {
        changes.close();
    }

    private void use(String secret) {
        credentials = new TurnCredentials(List.of(secret.strip()));
    }
}
