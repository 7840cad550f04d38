// SPDX-License-Identifier: Apache-2.0
package im.bastion.calls.media;

import im.bastion.calls.jingle.Keying;

/**
 * One content of a call at the moment when one side says something about it.
 *
 * @param settled whether that is the answer, after which media flow
 * @param said what the sender of this stanza says in it
 * @param sender all that side has said
 * @param receiver all the other side has said; null when it was not heard
 * @param visibleKeys whether keys that servers can read are good enough
 */
public record Exchange(boolean settled, Keying said, Keying sender, Keying receiver, boolean visibleKeys) {
    boolean isEnough(Keying keying) {
        return keying.strong() || (visibleKeys && keying.visibleKeys());
    }
}
