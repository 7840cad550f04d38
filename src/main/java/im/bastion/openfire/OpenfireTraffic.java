// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire;

import im.bastion.host.Point;
import im.bastion.host.ServerSession;
import im.bastion.host.Subscription;
import im.bastion.host.Traffic;
import java.util.Iterator;
import java.util.Objects;
import java.util.function.Function;
import org.dom4j.Element;
import org.jivesoftware.openfire.interceptor.InterceptorManager;
import org.jivesoftware.openfire.interceptor.PacketInterceptor;
import org.jivesoftware.openfire.interceptor.PacketRejectedException;
import org.jivesoftware.openfire.session.ClientSession;
import org.jivesoftware.openfire.session.OutgoingServerSession;
import org.jivesoftware.openfire.session.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;

/**
 * Openfire's interceptor chain as {@link Traffic}.
 *
 * <p>Openfire answers a rejected IQ or presence of a local client itself, on the same thread, with a bare {@code
 * not-allowed}, and everything else not at all. So that every sender gets one answer, and the right one, Openfire's own
 * answer is given our content on its way out, or kept back, and in all other cases ours is routed from here.
 */
final class OpenfireTraffic implements Traffic, PacketInterceptor {
    private static final Logger LOG = LoggerFactory.getLogger(OpenfireTraffic.class);
    private static final ThreadLocal<Stopped> STOPPED = new ThreadLocal<>();

    /** What was stopped last on this thread and will be answered by Openfire; with our answer, null for none at all. */
    private record Stopped(Packet stanza, Packet answer) {}

    private final Function<OutgoingServerSession, ServerSession> peers;
    private final OwnStanzas own;
    private volatile Watcher watcher;

    /** @param peers gives the host's view of a server-to-server session, cheaply: asked for each leaving stanza */
    OpenfireTraffic(Function<OutgoingServerSession, ServerSession> peers, OwnStanzas own) {
        this.peers = peers;
        this.own = own;
    }

    @Override
    public Subscription watch(Watcher newWatcher) {
        watcher = newWatcher;
        InterceptorManager.getInstance().addInterceptor(0, this);
        return () -> {
            InterceptorManager.getInstance().removeInterceptor(this);
            watcher = null;
        };
    }

    @Override
    public void interceptPacket(Packet packet, Session session, boolean incoming, boolean processed)
            throws PacketRejectedException {
        Watcher current = watcher;
        if (current == null || (processed && !incoming) || (incoming && own.isSending())) {
            return;
        }
        if (STOPPED.get() != null && isSilenced(packet, incoming)) {
            throw new PacketRejectedException();
        }
        boolean leaving = !incoming && session instanceof OutgoingServerSession;
        ServerSession peer = leaving ? peer((OutgoingServerSession) session) : null;
        JID client = session instanceof ClientSession ? session.getAddress() : null;
        Stop stop = current.look(point(incoming, processed, leaving), packet, client, peer);
        if (stop != null && !processed) {
            answer(packet, stop.answer(), incoming && session != null && !(packet instanceof Message));
            throw new PacketRejectedException();
        }
    }

    private static Point point(boolean incoming, boolean processed, boolean leaving) {
        if (incoming) {
            return processed ? Point.HANDLED : Point.ENTERING;
        }
        return leaving ? Point.LEAVING : Point.DELIVERING;
    }

    /** Null when it cannot be told: what that means is the guards' to say, and no exception may let the stanza pass. */
    private ServerSession peer(OutgoingServerSession session) {
        try {
            return peers.apply(session);
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("A server session cannot be read", e);
            return null;
        }
    }

    private void answer(Packet stanza, Packet answer, boolean openfireAnswers) {
        if (openfireAnswers) {
            STOPPED.set(new Stopped(stanza, answer));
            return;
        }
        if (answer == null) {
            return;
        }
        try {
            own.send(answer);
        } catch (RuntimeException | LinkageError e) {
            // Openfire does not route everything everywhere; the refused stanza is stopped all the same.
            LOG.debug("The sender of a refused stanza could not be told", e);
        }
    }

    /**
     * Called for the first stanza on this thread after one was stopped: Openfire's answer to it, unless that got lost. It is
     * given our content; true when there is to be no answer.
     */
    private static boolean isSilenced(Packet packet, boolean incoming) {
        Stopped stopped = STOPPED.get();
        STOPPED.remove();
        boolean openfires = !incoming
                && packet.getClass() == stopped.stanza().getClass()
                && Objects.equals(packet.getID(), stopped.stanza().getID())
                && "error".equals(packet.getElement().attributeValue("type"));
        if (!openfires) {
            return false;
        }
        if (stopped.answer() == null) {
            return true;
        }
        Element theirs = packet.getElement();
        Element ours = stopped.answer().getElement();
        theirs.addAttribute("type", ours.attributeValue("type"));
        theirs.clearContent();
        for (Iterator<?> children = ours.elementIterator(); children.hasNext(); ) {
            theirs.add(((Element) children.next()).createCopy());
        }
        return false;
    }
}
