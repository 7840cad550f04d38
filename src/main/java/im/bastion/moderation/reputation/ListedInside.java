// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.reputation;

import im.bastion.host.Affiliation;
import im.bastion.host.Host;
import im.bastion.host.HostException;
import im.bastion.host.Occupant;
import im.bastion.host.Role;
import im.bastion.moderation.rule.ActiveRule;
import im.bastion.policy.Mode;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.JID;

/** Puts those out of their rooms who were inside already when they came to be listed; nobody who is affiliated. */
public final class ListedInside implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ListedInside.class);

    private final Host host;
    private final FollowedLists lists;
    private final Supplier<List<ActiveRule>> rules;
    private final BiConsumer<JID, Occupant> putOut;

    /**
     * @param rules those in force, as far as the guard's own mode lets them go
     * @param putOut what is done, given the room and the occupant
     */
    public ListedInside(
            Host host, FollowedLists lists, Supplier<List<ActiveRule>> rules, BiConsumer<JID, Occupant> putOut) {
        this.host = host;
        this.lists = lists;
        this.rules = rules;
        this.putOut = putOut;
    }

    @Override
    public void run() {
        List<ActiveRule> enforced = rules.get().stream()
                .filter(active -> active.mode() == Mode.ENFORCE)
                .filter(active -> active.rule() instanceof BlockListRule || active.rule() instanceof OwnListRule)
                .toList();
        for (JID room : host.rooms().loaded()) {
            try {
                host.rooms().occupants(room).stream()
                        .filter(occupant -> occupant.affiliation() == Affiliation.NONE
                                && occupant.role() != Role.MODERATOR
                                && isListed(enforced, room, occupant.realJid()))
                        .forEach(occupant -> putOut.accept(room, occupant));
            } catch (HostException e) {
                LOG.warn("Who is in {} could not be compared with the lists: {}", room, e.getMessage());
            }
        }
    }

    private boolean isListed(ActiveRule active, JID person) {
        return active.rule() instanceof BlockListRule rule
                ? lists.refusal(rule.source(), person) != null
                : lists.isRefusedHere(person);
    }

    private boolean isListed(List<ActiveRule> enforced, JID room, JID person) {
        if (host.users().isAdmin(person)) {
            return false;
        }
        return enforced.stream().anyMatch(active -> active.scope().rooms().covers(room) && isListed(active, person));
    }
}
