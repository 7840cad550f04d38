// SPDX-License-Identifier: Apache-2.0
/** The sockets of a test, bounded in time, bytes and destination. May import: federation.tester.fact, policy. */
package im.bastion.federation.tester.net;
