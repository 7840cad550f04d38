// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.server;

import im.bastion.e2e.server.inside.InsideTask;
import im.bastion.e2e.server.inside.Steward;
import im.bastion.e2e.server.task.EnsureUser;
import im.bastion.e2e.server.task.GetProperty;
import im.bastion.e2e.server.task.LoadedPlugins;
import im.bastion.e2e.server.task.SetProperty;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A real Openfire in a JVM of its own, so that it can be killed.
 *
 * <p>Not for concurrent use. When the JVM that started it ends, however it ends, the server ends too.
 */
public final class OpenfireServer implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration PLUGIN = Duration.ofSeconds(90);

    private final ServerOptions options;
    private final Home home;
    private final Ports ports;
    private final Thread atExit = new Thread(this::release, "stop-openfire");
    private ServerProcess process;
    private boolean released;

    /** A server that is not started yet. */
    public OpenfireServer(ServerOptions options) {
        this.options = options;
        try {
            Path folder = options.home().isPresent()
                    ? Files.createDirectories(options.home().get())
                    : Files.createTempDirectory("bastion-server");
            this.home = new Home(folder.toRealPath());
            this.ports =
                    home.isFurnished() ? home.furnishedPorts() : options.ports().resolved(options.address());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Starts it, on the data it left behind when it ran before, and waits until clients can log in.
     *
     * @throws IOException with the end of its log when it does not get there within two minutes
     */
    public OpenfireServer start() throws IOException {
        if (!home.isFurnished()) {
            options.distribution().furnish(new Distribution.Furnishing(home.folder(), options, ports));
            for (Path jar : options.plugins()) {
                Files.copy(jar, home.plugins().resolve(jar.getFileName()));
            }
            home.markFurnished(ports);
        }
        Home.copyClass(Steward.class, home.stewardClasses());
        Home.copyClass(InsideTask.class, home.stewardClasses());
        Files.deleteIfExists(home.stewardSocket());
        process = ServerProcess.start(command(), home);
        process.await("it listened", START, this::isListening);
        for (Path jar : options.plugins()) {
            awaitPlugin(pluginName(jar));
        }
        for (Map.Entry<String, String> user : options.users().entrySet()) {
            inside(EnsureUser.class, user.getKey(), user.getValue());
        }
        return this;
    }

    /** Stops it as a service manager would; its data stays until {@link #close}. */
    public void stop() {
        process.stop();
    }

    /** SIGKILL; {@link #start} brings it back on what it had written. */
    public void kill() {
        process.kill();
    }

    /** Stops it and deletes its home, unless the options keep that. */
    @Override
    public void close() {
        release();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // This JVM is ending already.
        }
    }

    /** Uploads the jar through the admin console and waits until the plugin is loaded. */
    public void installPlugin(Path jar) throws IOException {
        String before = pluginInstance(pluginName(jar));
        admin().upload(jar);
        awaitPluginOtherThan(before, pluginName(jar));
    }

    /** Presses the console's button and waits until a new instance is loaded. */
    public void reloadPlugin(String name) throws IOException {
        String before = pluginInstance(name);
        admin().reload(name);
        awaitPluginOtherThan(before, name);
    }

    /** Deletes the plugin through the console and waits until it is gone. */
    public void unloadPlugin(String name) throws IOException {
        admin().delete(name);
        process.await("plugin " + name + " was gone", PLUGIN, () -> pluginInstance(name)
                .isEmpty());
    }

    /** Runs the task inside the server, where it sees the server's classes. */
    public String inside(Class<? extends InsideTask> task, String... arguments) throws IOException {
        return steward().run("", task, List.of(), arguments);
    }

    /**
     * Runs the task inside the server, where it sees the plugin's classes too.
     *
     * @param pluginClass the plugin's main class
     * @param libraries classes of the tests' libraries whose jars the task needs
     */
    public String insidePlugin(
            String pluginClass, List<Class<?>> libraries, Class<? extends InsideTask> task, String... arguments)
            throws IOException {
        return steward().run(pluginClass, task, libraries, arguments);
    }

    /** Creates a user or changes an existing one's password. */
    public void createUser(String name, String password) throws IOException {
        inside(EnsureUser.class, name, password);
    }

    /** Sets an Openfire property at runtime. */
    public void setProperty(String name, String value) throws IOException {
        inside(SetProperty.class, name, value);
    }

    /** An Openfire property, or "" when it is not set. */
    public String property(String name) throws IOException {
        return inside(GetProperty.class, name, "");
    }

    /** A new visit to the console, logged in as the admin. */
    public AdminSession admin() throws IOException {
        return new AdminSession(console())
                .login(ServerOptions.ADMIN, options.users().get(ServerOptions.ADMIN));
    }

    /** Where the admin console is. */
    public URI console() {
        return URI.create("http://" + options.address() + ":" + ports.console() + "/");
    }

    public ServerOptions options() {
        return options;
    }

    public String domain() {
        return options.domain();
    }

    /** The ports it listens on: those of the options, or those a kept home was set up with. */
    public Ports ports() {
        return ports;
    }

    /** Whether this is the assembled 4.2.0, otherwise it is the Openfire that was given. */
    public boolean isFourTwo() {
        return options.distribution().isFourTwo();
    }

    /** Its process id, changed by every start. */
    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Whether its home holds no data of an earlier run. */
    public boolean isNew() {
        return !home.isFurnished();
    }

    /** Returns when it has ended. */
    public void awaitEnd() throws InterruptedException {
        process.awaitEnd();
    }

    /** The folder it lives in. */
    public Path home() {
        return home.folder();
    }

    /** Everything it printed and logged. */
    public String log() {
        return process == null ? "" : process.log();
    }

    /** The end of {@link #log()}, for the message of a failure. */
    public String logTail() {
        return process == null ? "" : process.tail();
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(options.launcher());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx512m");
        command.add("-D" + Steward.SOCKET + "=" + home.stewardSocket());
        command.add("-D" + Steward.PARENT + "=" + ProcessHandle.current().pid());
        command.addAll(options.jvmArguments());
        command.addAll(options.distribution().javaArguments(home.folder()));
        command.add(Steward.class.getName());
        return command;
    }

    private boolean isListening() throws IOException {
        return Files.exists(home.stewardSocket())
                && inside(LoadedPlugins.class).startsWith("ready")
                && accepts(ports.client())
                && accepts(ports.server())
                && accepts(ports.console());
    }

    private boolean accepts(int port) {
        if (!options.launcher().isEmpty()) {
            // It may listen in a network namespace that this process does not see.
            return true;
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(options.address(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void awaitPlugin(String name) throws IOException {
        awaitPluginOtherThan("", name);
    }

    private void awaitPluginOtherThan(String before, String name) throws IOException {
        process.await("plugin " + name + " was loaded", PLUGIN, () -> {
            String plugins = inside(LoadedPlugins.class);
            String now = instance(plugins, name);
            return plugins.startsWith("ready") && !now.isEmpty() && !now.equals(before);
        });
    }

    private String pluginInstance(String name) throws IOException {
        return instance(inside(LoadedPlugins.class), name);
    }

    private static String instance(String plugins, String name) {
        return plugins.lines()
                .filter(line -> line.startsWith(name + " "))
                .findFirst()
                .orElse("");
    }

    private StewardClient steward() {
        return new StewardClient(home.stewardSocket());
    }

    private static String pluginName(Path jar) {
        return jar.getFileName().toString().replaceFirst("\\.jar$", "");
    }

    /** May be called by the test and by the end of this JVM at once. */
    private synchronized void release() {
        if (released) {
            return;
        }
        released = true;
        try {
            if (isAlive()) {
                process.stop();
            }
            if (options.home().isEmpty()) {
                Home.delete(home.folder());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
