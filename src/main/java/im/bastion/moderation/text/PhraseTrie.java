// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The prefixes of all phrases as a tree, while it grows; {@link Phrases} is its frozen form. State 0 is the root. */
final class PhraseTrie {
    private static final int NO_PHRASE = -1;

    private final List<TreeMap<Character, Integer>> edges = new ArrayList<>();
    private final List<Integer> phrases = new ArrayList<>();
    private final List<Integer> lengths = new ArrayList<>();

    PhraseTrie() {
        newState(0);
    }

    /** Adds a phrase; the earlier of two that fold alike stays. */
    void add(FoldedText phrase, int index) {
        int state = 0;
        for (int i = 0; i < phrase.length(); i++) {
            Integer next = edges.get(state).get(phrase.charAt(i));
            if (next == null) {
                next = newState(i + 1);
                edges.get(state).put(phrase.charAt(i), next);
            }
            state = next;
        }
        if (state != 0 && phrases.get(state) == NO_PHRASE) {
            phrases.set(state, index);
        }
    }

    int[] rootTable() {
        int[] table = new int[Character.MAX_VALUE + 1];
        edges.get(0).forEach((c, target) -> table[c] = target);
        return table;
    }

    int[] firstEdge() {
        int[] first = new int[edges.size() + 1];
        for (int state = 0; state < edges.size(); state++) {
            first[state + 1] = first[state] + edges.get(state).size();
        }
        return first;
    }

    char[] edgeChar() {
        StringBuilder chars = new StringBuilder(edges.size());
        edges.forEach(ofState -> ofState.keySet().forEach(chars::append));
        return chars.toString().toCharArray();
    }

    int[] edgeTarget() {
        return edges.stream()
                .flatMap(ofState -> ofState.values().stream())
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** The phrase that each state is, or -1. */
    int[] phraseOf() {
        return phrases.stream().mapToInt(Integer::intValue).toArray();
    }

    int[] lengthOf() {
        return lengths.stream().mapToInt(Integer::intValue).toArray();
    }

    /** All states, shorter prefixes before longer ones. */
    int[] breadthFirst() {
        int[] order = new int[edges.size()];
        int filled = 1;
        for (int i = 0; i < filled; i++) {
            for (Map.Entry<Character, Integer> edge : edges.get(order[i]).entrySet()) {
                order[filled++] = edge.getValue();
            }
        }
        return order;
    }

    private int newState(int length) {
        edges.add(new TreeMap<>());
        phrases.add(NO_PHRASE);
        lengths.add(length);
        return edges.size() - 1;
    }
}
