// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.omemo;

import static im.bastion.e2e.omemo.PepDialogue.BUNDLES;
import static im.bastion.e2e.omemo.PepDialogue.DEVICES;
import static im.bastion.e2e.omemo.PepDialogue.OPEN;
import static im.bastion.e2e.omemo.PepDialogue.OPEN_AND_MAX;
import static im.bastion.e2e.omemo.PepDialogue.ask;
import static im.bastion.e2e.omemo.PepDialogue.devices;
import static im.bastion.e2e.omemo.PepDialogue.publish;
import static im.bastion.e2e.omemo.PepDialogue.read;

import im.bastion.e2e.client.XmppClient;
import im.bastion.e2e.server.OpenfireServer;
import im.bastion.omemo.wire.Bundle;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.dom4j.Element;
import org.jivesoftware.smack.packet.IQ;

/**
 * A server that is killed within a second after it acknowledged a list of devices and a bundle, started again, and asked for
 * them; again and again.
 */
public final class KillRounds {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int SECOND_NANOS = 1_000_000_000;

    private KillRounds() {}

    /** How many of the publishes that it acknowledged were lost; each round makes two. */
    public static int lost(OpenfireServer server, String user, int rounds) throws Exception {
        Random random = new Random(rounds);
        int lost = 0;
        for (int round = 1; round <= rounds; round++) {
            OmemoDevice device = OmemoDevice.create(round);
            try (XmppClient client = XmppClient.connect(server, user, "phone")) {
                require(ask(client, publish(DEVICES, devices(round), OPEN), PATIENCE));
                require(ask(client, publish(BUNDLES, device.item(), OPEN_AND_MAX), PATIENCE));
                LockSupport.parkNanos(random.nextInt(SECOND_NANOS));
                server.kill();
            }
            server.start();
            try (XmppClient client = XmppClient.connect(server, user, "laptop")) {
                lost += isListed(client, round) ? 0 : 1;
                lost += isKept(client, device) ? 0 : 1;
            }
        }
        return lost;
    }

    private static boolean isListed(XmppClient client, int device) throws Exception {
        List<Element> lists = read(client, null, DEVICES);
        return lists != null && lists.size() == 1 && lists.get(0).asXML().contains("id=\"" + device + "\"");
    }

    private static boolean isKept(XmppClient client, OmemoDevice device) throws Exception {
        List<Element> bundles = read(client, null, BUNDLES);
        if (bundles == null) {
            return false;
        }
        for (Element item : bundles) {
            if (item.attributeValue("id").equals(String.valueOf(device.id()))) {
                return Bundle.parse(item.elements().get(0)).equals(device.bundle());
            }
        }
        return false;
    }

    private static void require(IQ answer) {
        if (answer == null || answer.getType() != IQ.Type.result) {
            throw new IllegalStateException("Not acknowledged: " + (answer == null ? "no answer" : answer.toXML()));
        }
    }
}
