// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire;

import im.bastion.host.IqServices;
import im.bastion.host.Subscription;
import im.bastion.openfire.compat.AccountFeatures;
import org.jivesoftware.openfire.IQHandlerInfo;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.handler.IQHandler;
import org.xmpp.packet.IQ;

/** Openfire's IQ router and service discovery. */
final class OpenfireIqServices implements IqServices {
    private final XMPPServer server;
    private final AccountFeatures accountFeatures;

    OpenfireIqServices(XMPPServer server, AccountFeatures accountFeatures) {
        this.server = server;
        this.accountFeatures = accountFeatures;
    }

    @Override
    public Subscription answer(String name, String namespace, Responder responder) {
        Handler handler = new Handler(name, namespace, responder);
        server.getIQRouter().addHandler(handler);
        Subscription feature = announce(namespace);
        return () -> {
            feature.close();
            server.getIQRouter().removeHandler(handler);
        };
    }

    @Override
    public Subscription announce(String feature) {
        server.getIQDiscoInfoHandler().addServerFeature(feature);
        return () -> server.getIQDiscoInfoHandler().removeServerFeature(feature);
    }

    @Override
    public Subscription announceForAccounts(String feature) {
        return accountFeatures.announce(feature);
    }

    private static final class Handler extends IQHandler {
        private final IQHandlerInfo info;
        private final Responder responder;

        Handler(String name, String namespace, Responder responder) {
            super("Bastion " + namespace);
            this.info = new IQHandlerInfo(name, namespace);
            this.responder = responder;
        }

        @Override
        public IQ handleIQ(IQ packet) {
            return responder.answer(packet);
        }

        @Override
        public IQHandlerInfo getInfo() {
            return info;
        }
    }
}
