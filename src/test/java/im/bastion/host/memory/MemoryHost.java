// SPDX-License-Identifier: Apache-2.0
package im.bastion.host.memory;

import im.bastion.host.Host;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A server in memory, for tests: one field per interface, each of which a test can arrange and look into. */
public final class MemoryHost implements Host, AutoCloseable {
    /** The domain of this server. */
    public static final String DOMAIN = "home.example";

    private final MemoryProperties properties = new MemoryProperties();
    private final MemoryDatabase database = new MemoryDatabase();
    private final MemoryIqServices iqServices = new MemoryIqServices();
    private final MemoryStanzas stanzas = new MemoryStanzas(iqServices);
    private final MemoryTraffic traffic = new MemoryTraffic(stanzas);
    private final MemoryUsers users = new MemoryUsers();
    private final MemoryRooms rooms = new MemoryRooms();
    private final MemoryRoomActions roomActions = new MemoryRoomActions(rooms);
    private final MemoryRoomArchive roomArchive = new MemoryRoomArchive();
    private final MemoryPep pep = new MemoryPep(users);
    private final MemoryPepNodes pepNodes = new MemoryPepNodes(pep);
    private final MemoryServerSessions serverSessions = new MemoryServerSessions();
    private final MemoryAdminConsole adminConsole = new MemoryAdminConsole();
    private final MemoryCapabilities capabilities = new MemoryCapabilities();
    private final Path dataFolder;

    /** A server whose data folder is a new temporary one. */
    public MemoryHost() {
        this(temporaryFolder());
    }

    public MemoryHost(Path dataFolder) {
        this.dataFolder = dataFolder;
    }

    @Override
    public String product() {
        return "Memory 1.0";
    }

    @Override
    public String domain() {
        return DOMAIN;
    }

    @Override
    public Path dataFolder() {
        return dataFolder;
    }

    @Override
    public MemoryProperties properties() {
        return properties;
    }

    @Override
    public MemoryDatabase database() {
        return database;
    }

    @Override
    public MemoryTraffic traffic() {
        return traffic;
    }

    @Override
    public MemoryStanzas stanzas() {
        return stanzas;
    }

    @Override
    public MemoryUsers users() {
        return users;
    }

    @Override
    public MemoryRooms rooms() {
        return rooms;
    }

    @Override
    public MemoryRoomActions roomActions() {
        return roomActions;
    }

    @Override
    public MemoryRoomArchive roomArchive() {
        return roomArchive;
    }

    @Override
    public MemoryPep pep() {
        return pep;
    }

    @Override
    public MemoryPepNodes pepNodes() {
        return pepNodes;
    }

    @Override
    public MemoryServerSessions serverSessions() {
        return serverSessions;
    }

    @Override
    public MemoryIqServices iqServices() {
        return iqServices;
    }

    @Override
    public MemoryAdminConsole adminConsole() {
        return adminConsole;
    }

    @Override
    public MemoryCapabilities capabilities() {
        return capabilities;
    }

    /** Drops the database. */
    @Override
    public void close() {
        database.close();
    }

    private static Path temporaryFolder() {
        try {
            Path folder = Files.createTempDirectory("bastion-memory-host");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
