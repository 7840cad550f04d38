// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.setup;

import java.util.List;
import java.util.stream.Collectors;

/** What has to be said to open ports, in the words of each kind of firewall. */
public enum Firewall {
    UFW {
        @Override
        public String text(List<Opening> openings) {
            return lines(openings, each -> "ufw allow " + each.ports(":") + "/" + each.protocol());
        }
    },
    FIREWALLD {
        @Override
        public String text(List<Opening> openings) {
            return lines(
                            openings,
                            each -> "firewall-cmd --permanent --add-port=" + each.ports("-") + "/" + each.protocol())
                    + "\nfirewall-cmd --reload";
        }
    },
    /** For the table and chain that most distributions begin with. */
    NFTABLES {
        @Override
        public String text(List<Opening> openings) {
            return lines(
                    openings,
                    each -> "nft add rule inet filter input " + each.protocol() + " dport " + each.ports("-")
                            + " accept");
        }
    },
    /** Security groups and the like have forms of their own; these are the rows to fill in. */
    CLOUD {
        @Override
        public String text(List<Opening> openings) {
            return lines(openings, each -> "inbound  " + each + "  from 0.0.0.0/0 and ::/0  allow");
        }
    };

    /** One command or row for each opening. */
    public abstract String text(List<Opening> openings);

    private interface Line {
        String of(Opening opening);
    }

    private static String lines(List<Opening> openings, Line line) {
        return openings.stream().map(line::of).collect(Collectors.joining("\n"));
    }
}
