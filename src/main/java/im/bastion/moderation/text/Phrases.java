// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.text;

import java.util.Arrays;
import java.util.List;

/**
 * Finds any of many phrases in one pass over a text, however many there are: the automaton of Aho and Corasick (CACM 18/6,
 * 1975). Immutable; searching allocates nothing.
 *
 * <p>Each state is a prefix of a phrase; its edges lie sorted by character between {@code firstEdge[state]} and {@code
 * firstEdge[state + 1]}. The root's edges alone are a full table, because most characters of most texts are looked up
 * there. {@code fallback} is the longest proper suffix that is a state too; {@code ending} the nearest of a state and its
 * fallbacks that is a whole phrase, 0 for none.
 */
public final class Phrases {
    private final int[] root;
    private final int[] firstEdge;
    private final char[] edgeChar;
    private final int[] edgeTarget;
    private final int[] fallback;
    private final int[] ending;
    private final int[] phraseOf;
    private final int[] lengthOf;

    private Phrases(PhraseTrie trie) {
        this.root = trie.rootTable();
        this.firstEdge = trie.firstEdge();
        this.edgeChar = trie.edgeChar();
        this.edgeTarget = trie.edgeTarget();
        this.phraseOf = trie.phraseOf();
        this.lengthOf = trie.lengthOf();
        this.fallback = new int[phraseOf.length];
        this.ending = new int[phraseOf.length];
        link(trie.breadthFirst());
    }

    /** The automaton for these phrases; an empty one never matches. */
    public static Phrases of(List<FoldedText> phrases) {
        PhraseTrie trie = new PhraseTrie();
        for (int i = 0; i < phrases.size(); i++) {
            trie.add(phrases.get(i), i);
        }
        return new Phrases(trie);
    }

    /** The index of the phrase that ends first in the text, as whole words; -1 when there is none. */
    public int firstIn(FoldedText text) {
        int state = 0;
        for (int i = 0; i < text.length(); i++) {
            state = next(state, text.charAt(i));
            for (int end = ending[state]; end != 0; end = ending[fallback[end]]) {
                if (text.isWordEdge(i + 1) && text.isWordEdge(i + 1 - lengthOf[end])) {
                    return phraseOf[end];
                }
            }
        }
        return -1;
    }

    private int next(int from, char c) {
        for (int state = from; state != 0; state = fallback[state]) {
            int target = edge(state, c);
            if (target != 0) {
                return target;
            }
        }
        return root[c];
    }

    private int edge(int state, char c) {
        int low = firstEdge[state];
        int high = firstEdge[state + 1];
        if (high - low == 1) {
            return edgeChar[low] == c ? edgeTarget[low] : 0;
        }
        int at = Arrays.binarySearch(edgeChar, low, high, c);
        return at >= 0 ? edgeTarget[at] : 0;
    }

    /** Links every state to its fallback, nearest to the root first, because each needs those of shorter prefixes. */
    private void link(int[] breadthFirst) {
        for (int state : breadthFirst) {
            ending[state] = phraseOf[state] >= 0 ? state : ending[fallback[state]];
            for (int e = firstEdge[state]; e < firstEdge[state + 1]; e++) {
                fallback[edgeTarget[e]] = state == 0 ? 0 : next(fallback[state], edgeChar[e]);
            }
        }
    }
}
