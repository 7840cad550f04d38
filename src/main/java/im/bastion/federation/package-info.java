// SPDX-License-Identifier: Apache-2.0
/**
 * How this server talks to other servers: seen, judged, enforced. May import: its own sub-packages, gate, policy, host,
 * settings, store, audit, metric.
 */
package im.bastion.federation;
