// SPDX-License-Identifier: Apache-2.0
/** Moderation in a real server, with clients that are not ours. */
package im.bastion.e2e.moderation;
