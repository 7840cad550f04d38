// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire;

import im.bastion.host.AdminConsole;
import im.bastion.host.Capabilities;
import im.bastion.host.Database;
import im.bastion.host.Host;
import im.bastion.host.IqServices;
import im.bastion.host.Pep;
import im.bastion.host.PepNodes;
import im.bastion.host.Properties;
import im.bastion.host.RoomActions;
import im.bastion.host.RoomArchive;
import im.bastion.host.Rooms;
import im.bastion.host.ServerSessions;
import im.bastion.host.Stanzas;
import im.bastion.host.Traffic;
import im.bastion.host.Users;
import im.bastion.openfire.compat.AccountFeatures;
import im.bastion.openfire.compat.Probe;
import im.bastion.openfire.compat.RoomHistory;
import im.bastion.openfire.compat.RoomLocks;
import im.bastion.openfire.compat.RoomLogging;
import im.bastion.openfire.compat.RoomLookup;
import im.bastion.openfire.compat.RoomPowers;
import java.io.File;
import java.nio.file.Path;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.container.Plugin;
import org.jivesoftware.openfire.container.PluginManager;

/** The running Openfire, everything that differs between versions bound once, here. */
public record OpenfireHost(
        String product,
        String domain,
        Path dataFolder,
        Properties properties,
        Database database,
        Traffic traffic,
        Stanzas stanzas,
        Users users,
        Rooms rooms,
        RoomActions roomActions,
        RoomArchive roomArchive,
        Pep pep,
        PepNodes pepNodes,
        ServerSessions serverSessions,
        IqServices iqServices,
        AdminConsole adminConsole,
        Capabilities capabilities)
        implements Host {

    /** @param pluginFolder where Openfire unpacked the plugin, below its home's plugins folder */
    public static OpenfireHost bind(PluginManager manager, Plugin plugin, File pluginFolder) {
        XMPPServer server = XMPPServer.getInstance();
        Probe probe = new Probe(plugin.getClass().getClassLoader());
        OwnStanzas stanzas = new OwnStanzas(server);
        OpenfireDatabase database = new OpenfireDatabase();
        RoomServices services = new RoomServices(server.getMultiUserChatManager());
        RoomLookup lookup = new RoomLookup(probe);
        RoomLocks locks = new RoomLocks(probe, lookup);
        OpenfireRooms rooms = new OpenfireRooms(services, lookup, probe);
        OpenfirePep pep = new OpenfirePep(server, probe, database, stanzas);
        OpenfireServerSessions sessions = new OpenfireServerSessions(server, probe);
        return new OpenfireHost(
                "Openfire " + server.getServerInfo().getVersion().getVersionString(),
                server.getServerInfo().getXMPPDomain(),
                pluginFolder.toPath().toAbsolutePath().getParent().resolveSibling("bastion"),
                new OpenfireProperties(),
                database,
                new OpenfireTraffic(sessions::of, stanzas),
                stanzas,
                new OpenfireUsers(server),
                rooms,
                new OpenfireRoomActions(services, rooms, locks, new RoomPowers(probe), stanzas),
                new OpenfireRoomArchive(
                        services, locks, new RoomHistory(probe), new RoomLogging(probe), new RoomLog(database)),
                pep,
                new PepNodeRows(database, pep::isLoaded),
                sessions,
                new OpenfireIqServices(server, new AccountFeatures(server, probe)),
                new OpenfireAdminConsole(manager, plugin),
                probe);
    }
}
