// SPDX-License-Identifier: Apache-2.0
/** The encryption policy on a real server. */
package im.bastion.e2e.encryption;
