// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.text;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Finds any of many phrases in one pass over a text, however many there are: the automaton of Aho and Corasick (CACM 18/6,
 * 1975). Immutable; searching allocates nothing but what it finds.
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

    private final boolean wholeWords;

    private Phrases(PhraseTrie trie, boolean wholeWords) {
        this.wholeWords = wholeWords;
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

    /** The automaton that finds these phrases as whole words; an empty one never matches. */
    public static Phrases of(List<FoldedText> phrases) {
        return of(phrases, true);
    }

    /** The automaton for these phrases; an empty one never matches. */
    public static Phrases of(List<FoldedText> phrases, boolean wholeWords) {
        PhraseTrie trie = new PhraseTrie();
        for (int i = 0; i < phrases.size(); i++) {
            trie.add(phrases.get(i), i);
        }
        return new Phrases(trie, wholeWords);
    }

    /**
     * A phrase in a text.
     *
     * @param phrase its index
     * @param begin where it begins in the folded text
     * @param end where it ends, exclusive
     */
    public record Match(int phrase, int begin, int end) {}

    /** The index of the phrase that ends first in the text; -1 when there is none. */
    public int firstIn(FoldedText text) {
        Match match = find(text, null);
        return match == null ? -1 : match.phrase();
    }

    /** The phrase that ends first in the text, or null. */
    public Match matchIn(FoldedText text) {
        return find(text, null);
    }

    /** Sets the bit of each phrase that the text holds. Of phrases that fold alike only the first has one. */
    public void collect(FoldedText text, BitSet found) {
        Match none = find(text, found);
        if (none != null) {
            throw new IllegalStateException("Collecting goes on to the end");
        }
    }

    private Match find(FoldedText text, BitSet found) {
        int state = 0;
        for (int i = 0; i < text.length(); i++) {
            state = next(state, text.charAt(i));
            for (int end = ending[state]; end != 0; end = ending[fallback[end]]) {
                int begin = i + 1 - lengthOf[end];
                if (wholeWords && !(text.isWordEdge(i + 1) && text.isWordEdge(begin))) {
                    continue;
                }
                if (found == null) {
                    return new Match(phraseOf[end], begin, i + 1);
                }
                found.set(phraseOf[end]);
            }
        }
        return null;
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
