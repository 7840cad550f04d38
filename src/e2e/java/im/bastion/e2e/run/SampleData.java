// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.run;

import im.bastion.e2e.client.XmppClient;
import im.bastion.e2e.server.OpenfireServer;
import java.util.List;

/** People and rooms to look at. */
final class SampleData {
    /** Of every sample user, and of the admin. */
    static final String PASSWORD = "bastion";
    /** Owner of the rooms, two members, and somebody who is nothing in them. */
    static final List<String> USERS = List.of("juliet", "romeo", "nurse", "tybalt");

    private SampleData() {}

    /** Creates the rooms; they stay when everybody has left. */
    static void seed(OpenfireServer server) throws Exception {
        List<String> members = List.of("romeo@" + server.domain(), "nurse@" + server.domain());
        try (XmppClient juliet = XmppClient.connect(server, "juliet", "run")) {
            juliet.createRoom(room(server, "verona"), "Juliet", members);
            juliet.createRoom(room(server, "market"), "Juliet", List.of());
            juliet.sendMessage(room(server, "verona"), "groupchat", "Good night, good night!");
            juliet.sync();
        }
    }

    static String room(OpenfireServer server, String name) {
        return name + "@conference." + server.domain();
    }
}
