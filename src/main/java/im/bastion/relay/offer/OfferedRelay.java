// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.offer;

import im.bastion.relay.credential.CredentialBook;
import java.time.Duration;
import java.util.List;

/**
 * What can be offered now.
 *
 * @param services in the order in which clients are told
 * @param credentials mints
 * @param life how long a credential is valid
 */
public record OfferedRelay(List<OfferedService> services, CredentialBook credentials, Duration life) {
    public OfferedRelay {
        services = List.copyOf(services);
    }
}
