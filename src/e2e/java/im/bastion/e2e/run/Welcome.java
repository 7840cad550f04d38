// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.run;

import im.bastion.e2e.server.OpenfireServer;
import im.bastion.e2e.server.ServerOptions;
import java.util.Locale;

/** What a person needs to know about the server that runs now. */
final class Welcome {
    private Welcome() {}

    static String text(OpenfireServer server, double seconds) {
        return String.format(
                Locale.ROOT,
                """

                %s with Bastion runs, after %.0f s. Ctrl-C stops it.

                  Admin console   %s   log in as %s, password %s
                  Bastion         %splugins/bastion/bastion-overview.jsp   (Server > Bastion > Overview)
                  XMPP clients    domain %s at %s, port %d; the certificate is self-signed
                  Users           %s, password %s for each
                  Rooms           %s: juliet owns it, romeo and nurse are members
                                  %s: juliet owns it, open to anybody
                  Log             %s

                What to look at
                  Overview        the four guards, their modes, and what this Openfire lets Bastion do
                  Moderation      list a phrase, choose "enforce", and say it in %s
                                  as tybalt: he gets an error with a reason; juliet may say it
                  Federation      the sessions with other servers, and the rules for them
                """,
                server.isFourTwo() ? "Openfire 4.2.0" : "Openfire",
                seconds,
                server.console(),
                ServerOptions.ADMIN,
                SampleData.PASSWORD,
                server.console(),
                server.domain(),
                server.options().address(),
                server.ports().client(),
                String.join(", ", SampleData.USERS),
                SampleData.PASSWORD,
                SampleData.room(server, "verona"),
                SampleData.room(server, "market"),
                server.home().resolve("logs"),
                SampleData.room(server, "market"));
    }
}
