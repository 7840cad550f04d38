// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.server;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a server under test is set up. Immutable; equal options may share one server. */
public final class ServerOptions {
    /** The console's admin, who exists on every server. */
    public static final String ADMIN = "admin";

    private String domain = "bastion.test";
    private String address = "127.0.0.1";
    private Ports ports = Ports.ANY;
    private Map<String, String> properties = Map.of();
    private Map<String, String> users = Map.of(ADMIN, "admin-secret-1");
    private List<Path> plugins = List.of();
    private Optional<Identity> identity = Optional.empty();
    private List<X509Certificate> trusted = List.of();
    private Optional<Path> home = Optional.empty();
    private List<String> jvmArguments = List.of();
    private List<String> launcher = List.of();
    private Distribution distribution;

    private ServerOptions(Distribution distribution) {
        this.distribution = distribution;
    }

    private ServerOptions(ServerOptions from) {
        domain = from.domain;
        address = from.address;
        ports = from.ports;
        properties = from.properties;
        users = from.users;
        plugins = from.plugins;
        identity = from.identity;
        trusted = from.trusted;
        home = from.home;
        jvmArguments = from.jvmArguments;
        launcher = from.launcher;
        distribution = from.distribution;
    }

    /** Domain bastion.test on 127.0.0.1 and free ports, an admin, a self-signed certificate, a home that goes away. */
    public static ServerOptions defaults() {
        return new ServerOptions(Distribution.underTest());
    }

    /** The XMPP domain. */
    public ServerOptions domain(String name) {
        ServerOptions to = new ServerOptions(this);
        to.domain = name;
        return to;
    }

    /** The address of this machine that all listeners bind to. */
    public ServerOptions address(String loopback) {
        ServerOptions to = new ServerOptions(this);
        to.address = loopback;
        return to;
    }

    /** The ports to listen on; 0 stands for a free one. */
    public ServerOptions ports(Ports wanted) {
        ServerOptions to = new ServerOptions(this);
        to.ports = wanted;
        return to;
    }

    /** An Openfire property that is set before the first start. */
    public ServerOptions property(String name, String value) {
        ServerOptions to = new ServerOptions(this);
        to.properties = with(properties, name, value);
        return to;
    }

    /** A user that exists when the server has started. */
    public ServerOptions user(String name, String password) {
        ServerOptions to = new ServerOptions(this);
        to.users = with(users, name, password);
        return to;
    }

    /** A plugin's jar that is installed before the first start. */
    public ServerOptions plugin(Path jar) {
        ServerOptions to = new ServerOptions(this);
        to.plugins = with(plugins, jar);
        return to;
    }

    /** The freshly packed bastion.jar, installed before the first start. */
    public ServerOptions bastion() {
        return plugin(BastionJar.path());
    }

    /** The server's key and certificate instead of a self-signed one. */
    public ServerOptions identity(Identity wanted) {
        ServerOptions to = new ServerOptions(this);
        to.identity = Optional.of(wanted);
        return to;
    }

    /** A certificate authority the server trusts, for other servers and for clients. */
    public ServerOptions trust(X509Certificate authority) {
        ServerOptions to = new ServerOptions(this);
        to.trusted = with(trusted, authority);
        return to;
    }

    /** A folder the server lives in and that stays; one that was used before is started as it is. */
    public ServerOptions home(Path kept) {
        ServerOptions to = new ServerOptions(this);
        to.home = Optional.of(kept);
        return to;
    }

    /** An argument of the server's JVM. */
    public ServerOptions jvmArgument(String argument) {
        ServerOptions to = new ServerOptions(this);
        to.jvmArguments = with(jvmArguments, argument);
        return to;
    }

    /** A command that executes the server in its own place, such as {@code nsenter -t PID -n -m}. */
    public ServerOptions launcher(String... command) {
        ServerOptions to = new ServerOptions(this);
        to.launcher = List.of(command);
        return to;
    }

    /** Which Openfire runs, instead of the one that the tests were started for. */
    public ServerOptions distribution(Distribution wanted) {
        ServerOptions to = new ServerOptions(this);
        to.distribution = wanted;
        return to;
    }

    public String domain() {
        return domain;
    }

    public String address() {
        return address;
    }

    public Ports ports() {
        return ports;
    }

    public Map<String, String> properties() {
        return properties;
    }

    public Map<String, String> users() {
        return users;
    }

    public List<Path> plugins() {
        return plugins;
    }

    /** The server's key and certificate chain. */
    public Identity identity() {
        return identity.orElseGet(() -> Identity.selfSigned(domain));
    }

    public List<X509Certificate> trusted() {
        return trusted;
    }

    public Optional<Path> home() {
        return home;
    }

    public List<String> jvmArguments() {
        return jvmArguments;
    }

    public List<String> launcher() {
        return launcher;
    }

    public Distribution distribution() {
        return distribution;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ServerOptions that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    private List<Object> parts() {
        return List.of(
                domain,
                address,
                ports,
                properties,
                users,
                plugins,
                identity,
                trusted,
                home,
                jvmArguments,
                launcher,
                distribution);
    }

    private static Map<String, String> with(Map<String, String> map, String key, String value) {
        Map<String, String> grown = new LinkedHashMap<>(map);
        grown.put(key, value);
        return grown;
    }

    private static <T> List<T> with(List<T> list, T element) {
        List<T> grown = new ArrayList<>(list);
        grown.add(element);
        return List.copyOf(grown);
    }
}
