// SPDX-License-Identifier: Apache-2.0
/** What is imposed on people: mutes, bans, strikes and the ladder between them. */
package im.bastion.moderation.sanction;
