// SPDX-License-Identifier: Apache-2.0
package im.bastion.host.contract;

import static im.bastion.host.contract.Statement.holds;
import static im.bastion.host.contract.Statement.same;

import im.bastion.host.IqServices;
import im.bastion.host.Subscription;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.dom4j.Element;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;

/** What {@link IqServices} promises, and {@link im.bastion.host.Stanzas#request} where nobody answers. */
@SuppressWarnings("try") // The subscription matters for its length alone.
final class IqServicesContract {
    private static final String NAMESPACE = "urn:bastion:contract:iq";
    private static final String DISCO_INFO = "http://jabber.org/protocol/disco#info";
    private static final long MILLIS = 5_000;

    static final List<Statement> STATEMENTS = List.of(
            new Statement("a request is answered by whoever holds its namespace", IqServicesContract::answers),
            new Statement("a newcomer holds the namespace", IqServicesContract::newcomer),
            new Statement("a request that nobody answers gets an error", IqServicesContract::unanswered),
            new Statement("a feature is announced until it is closed", IqServicesContract::announces));

    private IqServicesContract() {}

    private static void answers(HostStage stage) throws Exception {
        try (Subscription serving = stage.host().iqServices().answer("ask", NAMESPACE, IqServicesContract::one)) {
            IQ answer = ask(stage, server(stage), "ask", NAMESPACE);
            same("the type", IQ.Type.result, answer.getType());
            same("the content", "one", answer.getChildElement().getText());
            holds("the namespace is announced", features(stage, server(stage)).contains(NAMESPACE));
        }
        holds("it is announced no more", !features(stage, server(stage)).contains(NAMESPACE));
    }

    private static void newcomer(HostStage stage) throws Exception {
        IqServices services = stage.host().iqServices();
        try (Subscription first = services.answer("ask", NAMESPACE, IqServicesContract::one);
                Subscription second = services.answer("ask", NAMESPACE, IqServicesContract::two)) {
            IQ answer = ask(stage, server(stage), "ask", NAMESPACE);
            same("the content", "two", answer.getChildElement().getText());
        }
    }

    private static void unanswered(HostStage stage) throws Exception {
        IQ request = request(server(stage), "ask", "urn:bastion:contract:nobody");
        request.setFrom(server(stage));
        CompletableFuture<IQ> answered = new CompletableFuture<>();
        stage.host().stanzas().request(request, MILLIS, answered::complete);
        IQ answer = answered.get(2 * MILLIS, TimeUnit.MILLISECONDS);
        holds("it was answered in time", answer != null);
        same("the id", request.getID(), answer.getID());
        same("the type", IQ.Type.error, answer.getType());
    }

    private static void announces(HostStage stage) throws Exception {
        String feature = "urn:bastion:contract:feature";
        try (Subscription announcing = stage.host().iqServices().announce(feature)) {
            holds("it is announced", features(stage, server(stage)).contains(feature));
        }
        holds("it is announced no more", !features(stage, server(stage)).contains(feature));
    }

    private static IQ one(IQ request) {
        return answer(request, "one");
    }

    private static IQ two(IQ request) {
        return answer(request, "two");
    }

    private static IQ answer(IQ request, String text) {
        IQ result = IQ.createResultIQ(request);
        result.setChildElement("ask", NAMESPACE).setText(text);
        return result;
    }

    private static JID server(HostStage stage) {
        return new JID(stage.host().domain());
    }

    private static List<String> features(HostStage stage, JID of) throws Exception {
        IQ answer = ask(stage, of, "query", DISCO_INFO);
        same("the answer's type", IQ.Type.result, answer.getType());
        List<?> elements = answer.getChildElement().elements("feature");
        return elements.stream().map(e -> ((Element) e).attributeValue("var")).toList();
    }

    private static IQ ask(HostStage stage, JID to, String name, String namespace) throws Exception {
        IQ request = request(to, name, namespace);
        request.setFrom(new JID(stage.account("contract-user") + "/asking"));
        IQ answer = stage.ask(request);
        same("the id", request.getID(), answer.getID());
        return answer;
    }

    private static IQ request(JID to, String name, String namespace) {
        IQ request = new IQ(IQ.Type.get);
        request.setTo(to);
        request.setChildElement(name, namespace);
        return request;
    }
}
