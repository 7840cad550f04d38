// SPDX-License-Identifier: Apache-2.0
/** The contract of the seam, tried inside a real server. */
package im.bastion.e2e.host;
