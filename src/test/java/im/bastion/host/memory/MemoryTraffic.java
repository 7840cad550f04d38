// SPDX-License-Identifier: Apache-2.0
package im.bastion.host.memory;

import im.bastion.host.Point;
import im.bastion.host.ServerSession;
import im.bastion.host.Stanzas;
import im.bastion.host.Subscription;
import im.bastion.host.Traffic;
import java.util.concurrent.atomic.AtomicReference;
import org.xmpp.packet.JID;
import org.xmpp.packet.Packet;

/** Traffic that a test makes. The errors of what is stopped are sent like any stanza. */
public final class MemoryTraffic implements Traffic {
    private final AtomicReference<Watcher> watcher = new AtomicReference<>();
    private final Stanzas stanzas;

    MemoryTraffic(Stanzas stanzas) {
        this.stanzas = stanzas;
    }

    @Override
    public Subscription watch(Watcher newcomer) {
        if (!watcher.compareAndSet(null, newcomer)) {
            throw new IllegalStateException("There is a watcher already");
        }
        return () -> watcher.compareAndSet(newcomer, null);
    }

    /** Whether somebody watches. */
    public boolean isWatched() {
        return watcher.get() != null;
    }

    /**
     * A stanza arrives from a local client: looked at when it enters and, if it goes on, once it has been handled.
     *
     * @return whether it went on, here and below
     */
    public boolean fromClient(Packet stanza, JID client) {
        return arrive(stanza, client);
    }

    /** A stanza arrives from a remote server, a component or the server itself. */
    public boolean fromElsewhere(Packet stanza) {
        return arrive(stanza, null);
    }

    /** A stanza is about to be written to a local client. */
    public boolean toClient(Packet stanza, JID client) {
        return goesOn(Point.DELIVERING, stanza, client, null);
    }

    /** A stanza is about to be written to a remote server. */
    public boolean toPeer(Packet stanza, ServerSession peer) {
        return goesOn(Point.LEAVING, stanza, null, peer);
    }

    private boolean arrive(Packet stanza, JID client) {
        boolean admitted = goesOn(Point.ENTERING, stanza, client, null);
        Watcher now = watcher.get();
        if (admitted && now != null) {
            now.look(Point.HANDLED, stanza, client, null);
        }
        return admitted;
    }

    private boolean goesOn(Point point, Packet stanza, JID client, ServerSession peer) {
        Watcher now = watcher.get();
        Stop stop = now == null ? null : now.look(point, stanza, client, peer);
        if (stop != null && stop.answer() != null) {
            stanzas.send(stop.answer());
        }
        return stop == null;
    }
}
