// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.server;

import im.bastion.e2e.server.inside.InsideTask;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Sends tasks to the steward inside the server. */
final class StewardClient {
    private final Path socket;

    StewardClient(Path socket) {
        this.socket = socket;
    }

    /**
     * Runs the task inside the server.
     *
     * @param pluginClass main class of the plugin whose class loader the task shall see, or "" for the server's
     * @param libraries classes whose jars or folders the task needs besides its own
     */
    String run(String pluginClass, Class<? extends InsideTask> task, List<Class<?>> libraries, String... arguments)
            throws IOException {
        List<Class<?>> needed = new ArrayList<>(List.of(task));
        needed.addAll(libraries);
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(request)) {
            out.writeUTF(pluginClass);
            out.writeInt(needed.size());
            for (Class<?> type : needed) {
                out.writeUTF(
                        type.getProtectionDomain().getCodeSource().getLocation().toString());
            }
            out.writeUTF(task.getName());
            out.writeInt(arguments.length);
            for (String argument : arguments) {
                out.writeUTF(argument);
            }
        }
        return exchange(request.toByteArray(), task);
    }

    private String exchange(byte[] request, Class<?> task) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            Channels.newOutputStream(channel).write(request);
            DataInputStream in = new DataInputStream(Channels.newInputStream(channel));
            boolean done = in.readBoolean();
            String answer = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
            if (!done) {
                throw new IllegalStateException(task.getSimpleName() + " failed inside the server: " + answer);
            }
            return answer;
        }
    }
}
