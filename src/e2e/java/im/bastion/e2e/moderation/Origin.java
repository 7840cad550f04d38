// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.moderation;

/** Where a sender's account is. */
enum Origin {
    /** On the server of the room. */
    LOCAL,
    /** On another server. */
    REMOTE
}
