// SPDX-License-Identifier: Apache-2.0
/** Block lists: those of others, which are followed, and our own, which is published. */
package im.bastion.moderation.reputation;
