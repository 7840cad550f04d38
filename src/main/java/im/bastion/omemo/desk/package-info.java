// SPDX-License-Identifier: Apache-2.0
/** What users can do about their own devices by ad-hoc commands. May import: omemo.device, command, host. */
package im.bastion.omemo.desk;
