// SPDX-License-Identifier: Apache-2.0
package im.bastion.host.contract;

import static im.bastion.host.contract.Statement.same;

import im.bastion.host.PubSub;
import java.util.List;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;

/** What {@link PubSub} promises. */
final class PubSubContract {
    static final List<Statement> STATEMENTS = List.of(
            new Statement("a node of the server that is not there has no items", PubSubContract::absent),
            new Statement("what the server publishes is there soon, each id once", PubSubContract::publishes));

    private static final int PATIENCE = 100;
    private static final long PAUSE_MILLIS = 100;

    private PubSubContract() {}

    private static void absent(HostStage stage) {
        same("the payloads", List.of(), stage.host().pubSub().payloads("urn:bastion:contract:absent"));
    }

    private static void publishes(HostStage stage) throws InterruptedException {
        PubSub pubSub = stage.host().pubSub();
        String node = "urn:bastion:contract:published";
        pubSub.publish(node, "1", note("first"));
        pubSub.publish(node, "2", note("second"));
        pubSub.publish(node, "1", note("third"));
        List<String> expected = List.of("second", "third");
        for (int i = 0; i < PATIENCE && !texts(pubSub, node).equals(expected); i++) {
            // Hosts since 5.0 publish on another thread than the one that answers.
            Thread.sleep(PAUSE_MILLIS);
        }
        same("the payloads", expected, texts(pubSub, node));
    }

    private static List<String> texts(PubSub pubSub, String node) {
        return pubSub.payloads(node).stream().map(Element::getText).sorted().toList();
    }

    private static Element note(String text) {
        Element note = DocumentHelper.createElement(
                DocumentHelper.createQName("note", DocumentHelper.createNamespace("", "urn:bastion:contract")));
        note.setText(text);
        return note;
    }
}
