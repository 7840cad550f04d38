// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire;

import im.bastion.host.Affiliation;
import im.bastion.host.Occupant;
import im.bastion.host.RoomTraits;
import im.bastion.host.Rooms;
import im.bastion.openfire.compat.Probe;
import im.bastion.openfire.compat.RoomAffiliation;
import im.bastion.openfire.compat.RoomConfiguration;
import im.bastion.openfire.compat.RoomIdentity;
import im.bastion.openfire.compat.RoomLookup;
import im.bastion.openfire.compat.RoomOccupants;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jivesoftware.openfire.muc.MultiUserChatService;
import org.jivesoftware.util.JiveGlobals;
import org.xmpp.packet.JID;

/** Openfire's group chat services. */
final class OpenfireRooms implements Rooms {
    private final RoomServices services;
    private final RoomLookup lookup;
    private final RoomAffiliation affiliations;
    private final RoomOccupants occupants;
    private final RoomConfiguration configuration;
    private final RoomIdentity identity;

    OpenfireRooms(RoomServices services, RoomLookup lookup, Probe probe) {
        this.services = services;
        this.lookup = lookup;
        this.configuration = new RoomConfiguration(probe);
        this.identity = new RoomIdentity(probe);
        this.affiliations = new RoomAffiliation(probe);
        this.occupants = new RoomOccupants(probe);
    }

    @Override
    public Set<String> serviceDomains() {
        return services.domains();
    }

    @Override
    public boolean exists(JID room) {
        return find(room) != null;
    }

    /** The service's own administrators enter every room as owners without being listed there, so they count as such. */
    @Override
    public Affiliation affiliation(JID room, JID user) {
        Object found = find(room);
        if (found == null) {
            return Affiliation.NONE;
        }
        JID bare = user.asBareJID();
        boolean everywhere = services.of(room).isSysadmin(bare);
        return everywhere ? Affiliation.OWNER : affiliations.of(found, bare);
    }

    @Override
    public List<Occupant> occupants(JID room, JID fullJid) {
        Object found = find(room);
        return found == null ? List.of() : occupants.of(found, fullJid);
    }

    @Override
    public List<Occupant> occupants(JID room) {
        Object found = find(room);
        return found == null ? List.of() : occupants.all(found);
    }

    @Override
    public List<JID> affiliated(JID room, Affiliation affiliation) {
        Object found = find(room);
        return found == null ? List.of() : configuration.affiliated(found, affiliation);
    }

    @Override
    public RoomTraits traits(JID room) {
        Object found = find(room);
        return found == null ? null : configuration.traits(found);
    }

    @Override
    public boolean givesStanzaIds() {
        return identity.givesStanzaIds()
                && JiveGlobals.getBooleanProperty("xmpp.sid.enabled", true)
                && JiveGlobals.getBooleanProperty("xmpp.sid.message.enabled", true);
    }

    @Override
    public String occupantId(JID room, JID person) {
        Object found = find(room);
        return found == null ? null : identity.occupantId(found, person.asBareJID());
    }

    @Override
    public List<JID> loaded() {
        return jids(lookup::loaded);
    }

    @Override
    public List<JID> all() {
        return jids(lookup::names);
    }

    private List<JID> jids(Function<MultiUserChatService, List<String>> names) {
        return services.all().stream()
                .flatMap(service ->
                        names.apply(service).stream().map(name -> new JID(name, service.getServiceDomain(), null)))
                .toList();
    }

    private Object find(JID room) {
        MultiUserChatService service = services.of(room);
        return service == null || room.getNode() == null ? null : lookup.room(service, room.getNode());
    }
}
