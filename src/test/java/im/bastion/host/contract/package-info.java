// SPDX-License-Identifier: Apache-2.0
/**
 * What every host must do, as the words of the seam's own docs, without a test framework: the same statements run on the
 * host in memory and inside a real server.
 */
package im.bastion.host.contract;
