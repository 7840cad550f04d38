// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.doctor;

import java.util.List;
import org.xmpp.packet.JID;

/**
 * What an account publishes for others to encrypt to.
 *
 * @param local whether it is of this server, so that it can be looked at
 * @param exists whether a local account is there
 * @param generations those of which it has anything
 */
public record AccountKeys(JID account, boolean local, boolean exists, List<GenerationKeys> generations) {
    public AccountKeys {
        generations = List.copyOf(generations);
    }

    /** Whether anybody can encrypt to it. */
    public boolean ready() {
        return generations.stream().anyMatch(GenerationKeys::ready);
    }
}
