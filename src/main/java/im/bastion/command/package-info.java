// SPDX-License-Identifier: Apache-2.0
/** Ad-hoc commands (XEP-0050), for whoever offers some: forms, fields and the dialogue. May import: host, policy. */
package im.bastion.command;
