// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.doctor;

import im.bastion.host.Pep;
import im.bastion.omemo.check.Judgement;
import im.bastion.omemo.doctor.Symptom.Kind;
import im.bastion.omemo.wire.OmemoNode;
import im.bastion.policy.Severity;
import java.util.ArrayList;
import java.util.List;

/** The questions about an account, in the order in which a client would fail. */
final class AccountSteps {
    static final List<AccountStep> ALL = List.of(
            AccountSteps::exists,
            AccountSteps::list,
            AccountSteps::nodes,
            AccountSteps::bundles,
            AccountSteps::unlisted);

    private AccountSteps() {}

    static List<Symptom> all(AccountKeys keys) {
        return ALL.stream().flatMap(step -> step.look(keys).stream()).toList();
    }

    private static List<Symptom> exists(AccountKeys keys) {
        Kind kind = !keys.local() ? Kind.ACCOUNT_ELSEWHERE : keys.exists() ? Kind.ACCOUNT_EXISTS : Kind.ACCOUNT_MISSING;
        return List.of(Symptom.of(kind, keys.account()));
    }

    private static List<Symptom> list(AccountKeys keys) {
        if (!keys.exists()) {
            return List.of();
        }
        List<Symptom> seen = new ArrayList<>();
        for (GenerationKeys generation : keys.generations()) {
            if (generation.list() == null) {
                continue;
            }
            String node = generation.list().id();
            if (generation.unreadable() != null) {
                seen.add(Symptom.of(Kind.LIST_UNREADABLE, keys.account(), node, generation.unreadable()));
            } else if (generation.listed().isEmpty()) {
                seen.add(Symptom.of(Kind.LIST_EMPTY, keys.account(), node));
            } else {
                seen.add(Symptom.of(
                        Kind.LIST_FOUND,
                        keys.account(),
                        node,
                        String.valueOf(generation.listed().size())));
            }
        }
        return seen.isEmpty() ? List.of(Symptom.of(Kind.LIST_MISSING, keys.account())) : seen;
    }

    private static List<Symptom> nodes(AccountKeys keys) {
        List<Symptom> seen = new ArrayList<>();
        boolean any = false;
        for (GenerationKeys generation : keys.generations()) {
            List<Pep.Node> nodes = new ArrayList<>(generation.bundles());
            if (generation.list() != null) {
                nodes.add(0, generation.list());
            }
            for (Pep.Node node : nodes) {
                any = true;
                int needed = generation.bundles().contains(node)
                                && generation.bundles().size() == 1
                        ? Math.max(1, manyItems(generation, node))
                        : 1;
                node(keys, node, needed, seen);
            }
        }
        return any && seen.isEmpty() ? List.of(Symptom.of(Kind.NODES_RIGHT, keys.account())) : seen;
    }

    private static int manyItems(GenerationKeys generation, Pep.Node node) {
        OmemoNode omemo = OmemoNode.of(node.id());
        return omemo != null && omemo.holdsManyItems() ? generation.listed().size() : 1;
    }

    private static void node(AccountKeys keys, Pep.Node node, int needed, List<Symptom> seen) {
        Remedy repair = new Remedy.RepairNode(keys.account(), node.id());
        if (!node.accessModel().equals("open")) {
            seen.add(Symptom.of(Kind.NODE_CLOSED, keys.account(), node.id(), node.accessModel())
                    .with(repair));
        }
        if (!node.persistent()) {
            seen.add(Symptom.of(Kind.NODE_FORGETS, keys.account(), node.id()).with(repair));
        }
        if (node.maxItems() < needed) {
            seen.add(Symptom.of(
                            Kind.NODE_TOO_SMALL,
                            keys.account(),
                            node.id(),
                            String.valueOf(node.maxItems()),
                            String.valueOf(needed))
                    .with(repair));
        }
    }

    private static List<Symptom> bundles(AccountKeys keys) {
        List<Symptom> seen = new ArrayList<>();
        int usable = 0;
        for (GenerationKeys generation : keys.generations()) {
            for (DeviceKeys device : generation.listed()) {
                Symptom trouble = trouble(keys, generation, device);
                if (trouble != null) {
                    seen.add(trouble);
                }
                usable += device.usable() ? 1 : 0;
            }
        }
        if (usable > 0) {
            seen.add(Symptom.of(Kind.BUNDLES_USABLE, keys.account(), String.valueOf(usable)));
        } else if (!seen.isEmpty()) {
            seen.add(Symptom.of(Kind.NO_BUNDLE_USABLE, keys.account()));
        }
        return seen;
    }

    private static Symptom trouble(AccountKeys keys, GenerationKeys generation, DeviceKeys device) {
        String id = String.valueOf(device.id());
        String namespace = generation.generation().namespace();
        Remedy hide = new Remedy.HideDevice(keys.account(), generation.generation(), device.id());
        if (device.judgement() == null) {
            return Symptom.of(Kind.BUNDLE_MISSING, keys.account(), id, namespace)
                    .with(hide);
        }
        return switch (device.judgement().usability()) {
            case OK -> null;
            case WARN ->
                Symptom.of(
                        Kind.BUNDLE_DOUBTFUL,
                        keys.account(),
                        id,
                        namespace,
                        reason(device.judgement(), Severity.WARNING));
            case UNUSABLE ->
                Symptom.of(
                                Kind.BUNDLE_UNUSABLE,
                                keys.account(),
                                id,
                                namespace,
                                reason(device.judgement(), Severity.ERROR))
                        .with(hide);
        };
    }

    private static String reason(Judgement judgement, Severity atLeast) {
        Judgement.Note note = judgement.first(atLeast);
        return note.finding() + " (" + note.check().citation() + ")";
    }

    private static List<Symptom> unlisted(AccountKeys keys) {
        List<Symptom> seen = new ArrayList<>();
        for (GenerationKeys generation : keys.generations()) {
            for (DeviceKeys device : generation.devices()) {
                if (!device.listed()) {
                    seen.add(Symptom.of(
                            Kind.BUNDLE_UNLISTED,
                            keys.account(),
                            String.valueOf(device.id()),
                            generation.generation().namespace()));
                }
            }
        }
        return seen;
    }
}
