// SPDX-License-Identifier: Apache-2.0
/** What happened in a room, as the rules see it. May import: moderation.text, host. */
package im.bastion.moderation.event;
