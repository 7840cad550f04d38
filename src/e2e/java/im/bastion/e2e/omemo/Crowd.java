// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.omemo;

import static im.bastion.e2e.omemo.PepDialogue.DEVICES;
import static im.bastion.e2e.omemo.PepDialogue.OPEN;
import static im.bastion.e2e.omemo.PepDialogue.devices;

import im.bastion.e2e.client.LightClient;
import im.bastion.e2e.server.OpenfireServer;
import im.bastion.e2e.server.task.EnsureUsers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Very many users, each with one connected client. */
public final class Crowd implements AutoCloseable {
    private static final String PASSWORD = "crowd-secret-1";
    private static final int HANDS = 16;

    private final List<LightClient> clients = new ArrayList<>();

    private Crowd() {}

    /** Users of that prefix and a number from 0, made if need be. */
    public static Crowd gather(OpenfireServer server, String prefix, int users) throws Exception {
        server.inside(EnsureUsers.class, prefix, String.valueOf(users), PASSWORD);
        Crowd crowd = new Crowd();
        ExecutorService hands = Executors.newFixedThreadPool(HANDS);
        try {
            List<Future<LightClient>> connecting = new ArrayList<>();
            for (int i = 0; i < users; i++) {
                String user = prefix + i;
                connecting.add(hands.submit(() -> LightClient.connect(server, user, PASSWORD, "crowd")));
            }
            for (Future<LightClient> one : connecting) {
                crowd.clients.add(one.get());
            }
            return crowd;
        } catch (Exception e) {
            crowd.close();
            throw e;
        } finally {
            hands.shutdown();
        }
    }

    /** All publish a list of that one device before any answer is read; how many were acknowledged. */
    public int publish(int device) throws IOException {
        String id = "crowd-" + device;
        String request =
                "<iq type='set' id='" + id + "'>" + PepDialogue.publish(DEVICES, devices(device), OPEN) + "</iq>";
        for (LightClient client : clients) {
            client.send(request);
        }
        int acknowledged = 0;
        for (LightClient client : clients) {
            acknowledged += client.answer(id) ? 1 : 0;
        }
        return acknowledged;
    }

    @Override
    public void close() throws IOException {
        for (LightClient client : clients) {
            client.close();
        }
    }
}
