// SPDX-License-Identifier: Apache-2.0
/** How the media of calls must be encrypted: one class for each rule and the list of them. May import: calls.jingle, policy. */
package im.bastion.calls.media;
