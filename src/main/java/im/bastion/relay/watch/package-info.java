// SPDX-License-Identifier: Apache-2.0
/** What goes through the relay, over time: rates, loss and jitter, from counters that others keep. May import: relay.turn. */
package im.bastion.relay.watch;
