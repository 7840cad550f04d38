// SPDX-License-Identifier: Apache-2.0
package im.bastion.host.contract;

import static im.bastion.host.contract.Statement.same;

import im.bastion.host.HostException;
import im.bastion.host.Pep;
import java.util.List;
import java.util.Map;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.xmpp.packet.JID;

/** What {@link Pep} promises. */
final class PepContract {
    static final List<Statement> STATEMENTS = List.of(
            new Statement("an account without the node has null and no items", PepContract::absent),
            new Statement("configuring makes the node", PepContract::makes),
            new Statement("configuring again changes only what is named", PepContract::changes),
            new Statement("persisted items are there, each id once", PepContract::persists),
            new Statement("nothing is persisted without a node", PepContract::persistsNothingWithoutNode),
            new Statement(
                    "nobody listens to a node that is not there, or while nobody is connected", PepContract::nobody),
            new Statement("a resource that said nothing is not known to want anything", PepContract::unknownWish));

    private PepContract() {}

    private static void absent(HostStage stage) {
        JID owner = stage.account("contract-user");
        same("the node", null, stage.host().pep().node(owner, "urn:bastion:contract:absent"));
        same("the items", List.of(), stage.host().pep().items(owner, "urn:bastion:contract:absent"));
        same("the collection", false, stage.host().pep().hasCollection(owner, "urn:bastion:contract:absent"));
        same("the account's own collection", true, stage.host().pep().hasCollection(owner, owner.toString()));
    }

    private static void makes(HostStage stage) {
        JID owner = stage.account("contract-user");
        Pep pep = stage.host().pep();
        String id = "urn:bastion:contract:made";
        pep.configure(owner, id, configuration("open", "7"));
        same("the node", new Pep.Node(id, "open", true, 7), pep.node(owner, id));
        same("the items", List.of(), pep.items(owner, id));
    }

    private static void persists(HostStage stage) {
        JID owner = stage.account("contract-user");
        Pep pep = stage.host().pep();
        String id = "urn:bastion:contract:persisted";
        pep.configure(owner, id, configuration("open", "7"));
        pep.persist(owner, id, new JID(owner + "/phone"), List.of(item("first"), item("second"), item("first")));
        pep.persist(owner, id, new JID(owner + "/phone"), List.of(item("second")));
        same(
                "the ids",
                List.of("first", "second"),
                pep.items(owner, id).stream().map(Pep.Item::id).sorted().toList());
        same(
                "a payload",
                "urn:bastion:contract",
                pep.items(owner, id).get(0).payload().getNamespaceURI());
    }

    private static void persistsNothingWithoutNode(HostStage stage) {
        JID owner = stage.account("contract-user");
        boolean thrown = false;
        try {
            stage.host().pep().persist(owner, "urn:bastion:contract:absent", owner, List.of(item("first")));
        } catch (HostException e) {
            thrown = true;
        }
        same("whether it was refused", true, thrown);
    }

    private static void nobody(HostStage stage) {
        JID owner = stage.account("contract-user");
        Pep pep = stage.host().pep();
        String id = "urn:bastion:contract:unheard";
        same("who listens to none", List.of(), pep.listeners(owner, "urn:bastion:contract:absent"));
        pep.configure(owner, id, configuration("open", "7"));
        same("who listens", List.of(), pep.listeners(owner, id));
    }

    private static void unknownWish(HostStage stage) {
        JID owner = stage.account("contract-user");
        same(
                "whether it wants",
                false,
                stage.host().pep().wants(new JID(owner + "/phone"), "urn:bastion:contract:unheard"));
    }

    private static Element item(String id) {
        Element item = DocumentHelper.createElement("item").addAttribute("id", id);
        item.addElement("note", "urn:bastion:contract").setText(id);
        return item;
    }

    private static void changes(HostStage stage) {
        JID owner = stage.account("contract-user");
        Pep pep = stage.host().pep();
        String id = "urn:bastion:contract:changed";
        pep.configure(owner, id, configuration("open", "7"));
        pep.configure(owner, id, Map.of("pubsub#max_items", "9"));
        same("the node", new Pep.Node(id, "open", true, 9), pep.node(owner, id));
    }

    private static Map<String, String> configuration(String accessModel, String maxItems) {
        return Map.of("pubsub#access_model", accessModel, "pubsub#persist_items", "1", "pubsub#max_items", maxItems);
    }
}
