// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e;

import im.bastion.e2e.server.OpenfireServer;
import im.bastion.e2e.server.ProcessView;
import im.bastion.e2e.server.task.Registrations;
import im.bastion.e2e.server.task.Threads;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a server holds at one moment.
 *
 * @param registrations what plugins and the server itself registered with it
 * @param ports the TCP ports it listens on, and its UDP ports
 * @param loaders how many class loaders of plugins are alive
 * @param bastionObjects live objects of Bastion's classes, tests excepted
 * @param bastionThreads threads that Bastion started or that keep a plugin's class loader alive
 * @param bastionFiles open files below the plugin's folder
 * @param threads how many threads there are
 * @param descriptors how many files and sockets are open
 */
record Footprint(
        Set<String> registrations,
        Set<String> ports,
        int loaders,
        List<String> bastionObjects,
        List<String> bastionThreads,
        List<String> bastionFiles,
        int threads,
        int descriptors) {
    private static final String LOADER = "org.jivesoftware.openfire.container.PluginClassLoader";

    static Footprint of(OpenfireServer server) throws IOException {
        Set<String> registrations =
                new TreeSet<>(server.inside(Registrations.class).lines().toList());
        List<String> threads = server.inside(Threads.class).lines().toList();
        ProcessView process = new ProcessView(server.pid());
        List<ProcessView.Live> live = process.liveObjects();
        List<String> descriptors = process.descriptors();
        return new Footprint(
                registrations,
                process.boundPorts(),
                live.stream()
                        .filter(object -> object.type().equals(LOADER))
                        .mapToInt(ProcessView.Live::count)
                        .sum(),
                live.stream()
                        .filter(object -> object.type().startsWith("im.bastion.")
                                && !object.type().startsWith("im.bastion.e2e."))
                        .map(ProcessView.Live::toString)
                        .toList(),
                threads.stream()
                        .filter(thread -> thread.startsWith("bastion") || thread.endsWith(LOADER))
                        .toList(),
                descriptors.stream()
                        .filter(target -> target.contains("/plugins/bastion"))
                        .toList(),
                threads.size(),
                descriptors.size());
    }
}
