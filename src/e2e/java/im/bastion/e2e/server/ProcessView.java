// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What Linux and the JVM's own tools know about a server's process. */
public record ProcessView(long pid) {
    private static final String TCP_LISTEN = "0A";

    /**
     * The classes that have live objects after a full collection, and how many: a walk over the heap, so that nothing that
     * is merely unreachable counts.
     */
    public List<Live> liveObjects() throws IOException {
        return jcmd("GC.class_histogram")
                .lines()
                .map(line -> line.strip().split("\\s+", -1))
                .filter(words -> words.length >= 4 && words[0].endsWith(":"))
                .map(words -> new Live(words[3], Integer.parseInt(words[1])))
                .toList();
    }

    /** Writes everything that is reachable, in the format of heap analyzers, replacing an older file. */
    public void dumpHeap(Path file) throws IOException {
        Files.deleteIfExists(file);
        jcmd("GC.heap_dump", file.toString());
    }

    /** What its file descriptors point at. */
    public List<String> descriptors() throws IOException {
        List<String> targets = new ArrayList<>();
        try (Stream<Path> links = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            for (Path link : links.toList()) {
                try {
                    targets.add(Files.readSymbolicLink(link).toString());
                } catch (IOException e) {
                    // Closed since it was listed.
                }
            }
        }
        return targets;
    }

    /** The TCP ports it listens on and the UDP ports it has bound, such as "tcp 5222". */
    public Set<String> boundPorts() throws IOException {
        Set<String> sockets = descriptors().stream()
                .filter(target -> target.startsWith("socket:["))
                .map(target -> target.substring("socket:[".length(), target.length() - 1))
                .collect(Collectors.toSet());
        Set<String> ports = new TreeSet<>();
        for (String protocol : List.of("tcp", "tcp6", "udp", "udp6")) {
            Path table = Path.of("/proc", Long.toString(pid), "net", protocol);
            for (String line : Files.readAllLines(table)) {
                String[] words = line.strip().split("\\s+", -1);
                boolean bound = protocol.startsWith("udp") || words[3].equals(TCP_LISTEN);
                if (bound && sockets.contains(words[9])) {
                    String port = words[1].substring(words[1].indexOf(':') + 1);
                    ports.add(protocol.substring(0, 3) + " " + Integer.parseInt(port, 16));
                }
            }
        }
        return ports;
    }

    private String jcmd(String... command) throws IOException {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
        words.add(Long.toString(pid));
        words.addAll(List.of(command));
        return Commands.run(words.toArray(String[]::new));
    }

    /** Live objects of one class. */
    public record Live(String type, int count) {}
}
