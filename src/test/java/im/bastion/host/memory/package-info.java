// SPDX-License-Identifier: Apache-2.0
/** A server in memory: every interface of {@code host} in its simplest true form, held to the contract of the real one. */
package im.bastion.host.memory;
