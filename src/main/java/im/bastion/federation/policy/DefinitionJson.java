// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.policy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import im.bastion.federation.peer.PeerPattern;
import im.bastion.federation.rule.Pin;
import im.bastion.federation.tls.CipherSuite.Strength;
import java.util.Map;

/** Writes a definition: {@link DemandReader}'s inverse. What is the default is left out, so equal rules are equal texts. */
public final class DefinitionJson {
    private DefinitionJson() {}

    /** One JSON object. */
    public static JsonObject of(Definition definition) {
        Terms terms = definition.terms();
        JsonObject json = new JsonObject();
        JsonArray peers = new JsonArray();
        definition.peers().forEach(peer -> peers.add(peer.toString()));
        json.add("peers", peers);
        json.addProperty("direction", DemandReader.word(definition.directions()));
        json.addProperty("certificate", terms.certificate().word());
        if (terms.floor() != null) {
            json.addProperty("tls", terms.floor().number());
        }
        if (!terms.ciphers().isEmpty()) {
            JsonArray ciphers = new JsonArray();
            terms.ciphers().stream().sorted().map(Strength::word).forEach(ciphers::add);
            json.add("ciphers", ciphers);
        }
        if (terms.forwardSecrecy()) {
            json.addProperty("forward-secrecy", true);
        }
        if (!terms.dialback()) {
            json.addProperty("dialback", false);
        }
        if (terms.directTls()) {
            json.addProperty("direct-tls", true);
        }
        addPins(json, definition.pins());
        addExceptions(json, definition.exceptions());
        if (!definition.note().isEmpty()) {
            json.addProperty("note", definition.note());
        }
        return json;
    }

    private static void addPins(JsonObject json, Map<PeerPattern, Pin> pins) {
        JsonArray list = new JsonArray();
        pins.forEach((peer, pin) -> {
            JsonObject entry = new JsonObject();
            entry.addProperty("peer", peer.toString());
            entry.addProperty("current", pin.current());
            if (pin.next() != null) {
                entry.addProperty("next", pin.next());
            }
            list.add(entry);
        });
        if (!list.isEmpty()) {
            json.add("pins", list);
        }
    }

    private static void addExceptions(JsonObject json, Map<PeerPattern, Waiver> exceptions) {
        JsonArray list = new JsonArray();
        exceptions.forEach((peer, waiver) -> {
            JsonObject entry = new JsonObject();
            entry.addProperty("peer", peer.toString());
            entry.addProperty("reason", waiver.reason());
            entry.addProperty("until", waiver.until().toString());
            list.add(entry);
        });
        if (!list.isEmpty()) {
            json.add("exceptions", list);
        }
    }
}
