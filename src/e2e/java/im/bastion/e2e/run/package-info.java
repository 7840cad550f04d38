// SPDX-License-Identifier: Apache-2.0
/** {@code ./bastion run}: a real Openfire with Bastion and sample data, for people to look at. */
package im.bastion.e2e.run;
