// SPDX-License-Identifier: Apache-2.0
/**
 * The calls that the gate sees: which media encryption they must have, and which peers the relay may reach for them. May
 * import: gate, audit, settings, metric, policy, host.
 */
package im.bastion.calls;
