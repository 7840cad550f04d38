// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay;

import im.bastion.host.Properties;
import im.bastion.host.Subscription;
import im.bastion.relay.credential.TurnCredentials;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/**
 * The secrets that credentials are made from: a host property, made at first use, followed when an admin changes it. The first
 * of several mints, all of them are accepted, so that a new one can be put before the old one. It is not among the
 * {@link RelaySettings}, because those may be shown and logged.
 */
final class RelaySecret implements AutoCloseable {
    /** Holds the word "password", because the host's own pages hide the values of such properties and of no others. */
    static final String KEY = "plugin.bastion.relay.password-secret";

    /** More than any rotation needs. */
    private static final int MAX_SECRETS = 4;

    private static final int BYTES = 32;

    private final Subscription changes;
    private volatile TurnCredentials credentials;

    /** @param onChange called after the secrets have changed */
    RelaySecret(Properties properties, Runnable onChange) {
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
                onChange.run();
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

    private void use(String secrets) {
        List<String> all = List.of(secrets.strip().split("[\\s,]+"));
        credentials = new TurnCredentials(all.subList(0, Math.min(MAX_SECRETS, all.size())));
    }
}
