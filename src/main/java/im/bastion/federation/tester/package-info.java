// SPDX-License-Identifier: Apache-2.0
/** Tests a peer over sockets of its own, without touching live sessions. May import: federation.*, audit, store, host, policy. */
package im.bastion.federation.tester;
