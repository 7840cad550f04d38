// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.calls.RelayOnly;
import im.bastion.calls.jingle.Call;
import im.bastion.policy.Mode;

/**
 * Calls.
 *
 * @param live those that go on; null where calls are not followed
 * @param choices as the form has them
 */
public record CallsView(Frame frame, GuardCard guard, Paged<Call> live, Choices choices) {
    /**
     * What an admin can choose.
     *
     * @param media how far to go with media that are not encrypted
     * @param domains other modes for calls with some domains, as text
     * @param visibleKeys whether keys that servers can read are good enough
     * @param signalled how far to go with peers that no call has named
     */
    public record Choices(Mode media, String domains, boolean visibleKeys, Mode signalled, RelayOnly relayOnly) {}
}
