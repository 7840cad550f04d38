// SPDX-License-Identifier: Apache-2.0
/** Where people come in: cases, reports, ad-hoc commands. */
package im.bastion.moderation.desk;
