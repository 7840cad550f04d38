// SPDX-License-Identifier: Apache-2.0
/** Messages after they were said: their ids, retraction and its undoing. */
package im.bastion.moderation.archive;
