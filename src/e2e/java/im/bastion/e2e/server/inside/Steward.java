// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.server.inside;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.StandardProtocolFamily;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;

/**
 * Main class of the server's JVM: starts Openfire as its own starter does, then runs the tasks that tests send.
 *
 * <p>The Unix socket it listens on lies in the server's home, so the file system's permissions protect it and a network
 * namespace does not hide it. Each task gets a class loader of its own, closed when the task ends, so that a look inside
 * leaves nothing behind.
 */
public final class Steward {
    /** Where the socket is. */
    public static final String SOCKET = "steward.socket";
    /** Process id of the test; when it ends, however it ends, the server ends too. */
    public static final String PARENT = "steward.parent";

    private static final String STARTER = "org.jivesoftware.openfire.starter.ServerStarter";
    private static final String SERVER = "org.jivesoftware.openfire.XMPPServer";

    private final ClassLoader host;

    private Steward(ClassLoader host) {
        this.host = host;
    }

    /** Returns when Openfire has started; its own threads keep the JVM alive. */
    public static void main(String[] arguments) throws Exception {
        Thread watch = new Thread(Steward::endWithParent, "steward-parent");
        watch.setDaemon(true);
        watch.start();
        if (hasStarter()) {
            Class.forName(STARTER).getMethod("main", String[].class).invoke(null, (Object) arguments);
        } else {
            startWithout();
        }
        // The starter leaves its class loader, the one all of Openfire lives in, with the thread that called it.
        Steward steward = new Steward(Thread.currentThread().getContextClassLoader());
        Thread listener = new Thread(steward::listen, "steward");
        listener.setDaemon(true);
        listener.start();
    }

    private static boolean hasStarter() {
        return ClassLoader.getSystemResource(STARTER.replace('.', '/') + ".class") != null;
    }

    /** 4.2.0's starter is not on Maven Central: this does what it does, and what Openfire does at exit because of it. */
    private static void startWithout() throws ReflectiveOperationException {
        Class<?> server = Class.forName(SERVER);
        Object instance = server.getDeclaredConstructor().newInstance();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            try {
                                server.getMethod("stop").invoke(instance);
                            } catch (ReflectiveOperationException e) {
                                throw new IllegalStateException(e);
                            }
                        },
                        "stop-server"));
    }

    private static void endWithParent() {
        ProcessHandle.of(Long.getLong(PARENT))
                .ifPresent(parent -> parent.onExit().join());
        Runtime.getRuntime().exit(0);
    }

    private void listen() {
        Path socket = Path.of(System.getProperty(SOCKET));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            while (true) {
                serve(server.accept());
            }
        } catch (IOException e) {
            throw new IllegalStateException("the steward's socket " + socket + " failed", e);
        }
    }

    private void serve(SocketChannel client) {
        try (client;
                DataInputStream in = new DataInputStream(Channels.newInputStream(client));
                DataOutputStream out = new DataOutputStream(Channels.newOutputStream(client))) {
            String answer;
            boolean done = false;
            try {
                answer = call(in);
                done = true;
            } catch (Throwable e) {
                StringWriter trace = new StringWriter();
                e.printStackTrace(new PrintWriter(trace));
                answer = trace.toString();
            }
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            out.writeBoolean(done);
            out.writeInt(bytes.length);
            out.write(bytes);
        } catch (IOException e) {
            // The test gave up waiting; the next one is welcome.
        }
    }

    private String call(DataInputStream in) throws Exception {
        String pluginClass = in.readUTF();
        URL[] classPath = new URL[in.readInt()];
        for (int i = 0; i < classPath.length; i++) {
            classPath[i] = new URL(in.readUTF());
        }
        String task = in.readUTF();
        String[] arguments = new String[in.readInt()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = in.readUTF();
        }
        ClassLoader parent = pluginClass.isEmpty() ? host : loaderOf(pluginClass);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(classPath, parent)) {
            thread.setContextClassLoader(loader);
            InsideTask run =
                    (InsideTask) loader.loadClass(task).getDeclaredConstructor().newInstance();
            return String.valueOf(run.run(arguments));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private ClassLoader loaderOf(String pluginClass) throws ReflectiveOperationException {
        Class<?> server = host.loadClass(SERVER);
        Object plugins = server.getMethod("getPluginManager")
                .invoke(server.getMethod("getInstance").invoke(null));
        Collection<?> loaded =
                (Collection<?>) plugins.getClass().getMethod("getPlugins").invoke(plugins);
        return loaded.stream()
                .map(Object::getClass)
                .filter(plugin -> plugin.getName().equals(pluginClass))
                .findAny()
                .orElseThrow(() -> new IllegalStateException("no plugin " + pluginClass + " is loaded: " + loaded))
                .getClassLoader();
    }
}
