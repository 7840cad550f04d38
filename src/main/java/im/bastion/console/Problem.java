// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.metric.Health;
import java.time.Instant;

/**
 * Something that needs the admin.
 *
 * @param part what is affected, for example "database" or a property's key
 * @param message what is wrong and what to do
 * @param since null when nobody knows
 */
public record Problem(Health.State state, String part, String message, Instant since) {}
