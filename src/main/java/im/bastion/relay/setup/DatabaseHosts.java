// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.setup;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The machines that a JDBC URL leads to. */
public final class DatabaseHosts {
    /** What stands between "//" and the database: one host, or several with commas between. */
    private static final Pattern AUTHORITY = Pattern.compile("//([^/?;]+)");

    private static final Pattern PORT = Pattern.compile("^(.+?)(?::\\d+)?$");

    private DatabaseHosts() {}

    /** Their addresses, as far as names lead anywhere; none for a database inside this process. */
    public static Set<InetAddress> of(String url) {
        Set<InetAddress> addresses = new HashSet<>();
        names(url).forEach(name -> {
            try {
                addresses.addAll(List.of(InetAddress.getAllByName(name)));
            } catch (UnknownHostException e) {
                // Then the relay's clients do not find it by that name either.
            }
        });
        return addresses;
    }

    static List<String> names(String url) {
        Matcher authority = AUTHORITY.matcher(url);
        if (!authority.find()) {
            return List.of();
        }
        String hosts = authority.group(1);
        return Stream.of(hosts.substring(hosts.lastIndexOf('@') + 1).split(",", -1))
                .map(PORT::matcher)
                .filter(Matcher::matches)
                .map(host -> host.group(1))
                .toList();
    }
}
