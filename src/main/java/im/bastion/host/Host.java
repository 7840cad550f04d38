// SPDX-License-Identifier: Apache-2.0
package im.bastion.host;

import java.nio.file.Path;

/** The server Bastion runs in. Every part may be called from any thread unless it says otherwise. */
public interface Host {
    /** Name and version, for example "Openfire 5.1.1". */
    String product();

    /** The XMPP domain this server is for. */
    String domain();

    /** A folder of Bastion's own that outlives restarts and upgrades of the plugin. */
    Path dataFolder();

    Properties properties();

    Database database();

    Traffic traffic();

    Stanzas stanzas();

    Users users();

    Rooms rooms();

    RoomActions roomActions();

    RoomArchive roomArchive();

    Pep pep();

    PepNodes pepNodes();

    ServerSessions serverSessions();

    IqServices iqServices();

    AdminConsole adminConsole();

    /** What was found in this host at start and what was missing, one entry for each difference between versions. */
    Capabilities capabilities();
}
