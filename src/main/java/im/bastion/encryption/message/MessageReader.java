// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.message;

import im.bastion.encryption.leak.Leak;
import im.bastion.encryption.leak.LeakCheck;
import im.bastion.encryption.leak.LeakChecks;
import im.bastion.encryption.message.Shown.Carrier;
import im.bastion.encryption.scheme.Proof;
import im.bastion.encryption.scheme.Scheme;
import im.bastion.encryption.scheme.SchemeRecogniser;
import im.bastion.encryption.scheme.SchemeRecognisers;
import java.util.List;
import org.dom4j.Element;

/**
 * Reads what a message shows. Everything of a stanza is looked at, so the work is linear in its size, which the host
 * limits; of messages within messages {@link #MAX_DEPTH}, and what is deeper counts as readable.
 */
public final class MessageReader {
    /** How deep messages that are forwarded within each other are followed. */
    public static final int MAX_DEPTH = 4;

    private static final String LABEL = "urn:xmpp:eme:0";
    private static final String FORWARD = "urn:xmpp:forward:0";
    private static final String MUC_USER = "http://jabber.org/protocol/muc#user";

    private MessageReader() {}

    /** What the message shows, whatever its type. */
    public static Shown read(Element message) {
        return read(message, 0);
    }

    private static Shown read(Element message, int depth) {
        Reading reading = new Reading();
        for (int i = 0; i < message.nodeCount(); i++) {
            if (message.node(i) instanceof Element child) {
                reading.schemes(child);
                reading.context(child, depth);
            }
        }
        for (int i = 0; i < message.nodeCount(); i++) {
            if (message.node(i) instanceof Element child) {
                reading.leaks(message, child);
            }
        }
        return reading.result();
    }

    private static final class Reading {
        private int proven;
        private int negotiating;
        private int hollow;
        private int labelled;
        private int leaks;
        private Carrier carrier = Carrier.NONE;

        void schemes(Element child) {
            List<SchemeRecogniser> all = SchemeRecognisers.ALL;
            // Not for-each, here and below: an iterator for each child of each message would be most of the garbage.
            for (int i = 0; i < all.size(); i++) {
                Proof proof = all.get(i).look(child);
                if (proof != Proof.ABSENT) {
                    found(all.get(i).scheme(), proof);
                }
            }
        }

        private void found(Scheme scheme, Proof proof) {
            switch (proof) {
                case PROVEN -> proven |= scheme.bit();
                case NEGOTIATES -> negotiating |= scheme.bit();
                case HOLLOW -> hollow |= scheme.bit();
                case READABLE -> {
                    hollow |= scheme.bit();
                    leaks |= Leak.SIGNED.bit();
                }
                case ABSENT -> {}
            }
        }

        void context(Element child, int depth) {
            String namespace = child.getNamespaceURI();
            if (namespace.equals(LABEL)) {
                label(child.attributeValue("namespace"));
            } else if (namespace.equals(FORWARD)) {
                forwarded(child, depth);
            } else if (namespace.startsWith("urn:xmpp:message-retract:")
                    && child.getName().equals("retract")) {
                carrier = Carrier.RETRACTION;
            } else if (namespace.equals("jabber:x:conference")
                    || (namespace.equals(MUC_USER)
                            && (child.element("invite") != null || child.element("decline") != null))) {
                carrier = Carrier.INVITATION;
            }
        }

        private void label(String namespace) {
            Scheme scheme = Scheme.of(namespace);
            labelled |= scheme == null ? 0 : scheme.bit();
        }

        /** XEP-0297 §4: whoever forwards a message in clear shows it. */
        private void forwarded(Element forwarded, int depth) {
            for (int i = 0; i < forwarded.nodeCount(); i++) {
                if (forwarded.node(i) instanceof Element inner
                        && inner.getName().equals("message")) {
                    if (depth == MAX_DEPTH) {
                        leaks |= Leak.UNREAD.bit();
                    } else if (read(inner, depth + 1).blocking() != 0) {
                        leaks |= Leak.FORWARDED.bit();
                    }
                }
            }
        }

        void leaks(Element message, Element child) {
            List<LeakCheck> all = LeakChecks.ALL;
            boolean encrypted = (proven | negotiating) != 0;
            for (int i = 0; i < all.size(); i++) {
                if (all.get(i).shows(message, child, encrypted)) {
                    leaks |= all.get(i).leak().bit();
                }
            }
        }

        Shown result() {
            return new Shown(proven, negotiating, hollow, labelled, leaks, carrier);
        }
    }
}
