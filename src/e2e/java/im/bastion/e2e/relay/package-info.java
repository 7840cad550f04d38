// SPDX-License-Identifier: Apache-2.0
/** Calls through the relay of a real server, with coturn's client tools. */
package im.bastion.e2e.relay;
