// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.text;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Finds any of many phrases in one pass over a text, however many there are: the automaton of Aho and Corasick (CACM 18/6,
 * 1975). Immutable; searching allocates nothing but what it finds. Takes 14 bytes for each character of each phrase, less
 * where phrases begin alike, and one to four KiB.
 *
 * <p>Each state is a prefix of a phrase; its edges lie sorted by character between {@code firstEdge[state]} and {@code
 * firstEdge[state + 1]}, and edge {@code e} leads to state {@code e + 1}. The root's edges alone are a table, because most
 * characters of most texts are looked up there. {@code fallback} is the longest proper suffix that is a state too; {@code
 * ending} the nearest of a state and its fallbacks that is a whole phrase: one more than its number, 0 for none.
 */
public final class Phrases {
    private static final int PAGE = 256;
    private static final int[] NOTHING = new int[PAGE];

    private final int[][] root;
    private final int[] firstEdge;
    private final char[] edgeChar;
    private final int[] fallback;
    private final int[] ending;
    /** Of each whole phrase: its index, its length, and the next shorter one that ends where it ends, as in ending. */
    private final int[] phraseAt;

    private final int[] lengthAt;
    private final int[] nextAt;
    private final boolean wholeWords;

    private Phrases(List<FoldedText> phrases, boolean wholeWords) {
        PhraseTrie trie = new PhraseTrie(phrases);
        int[] phraseOf = trie.phraseOf();
        this.wholeWords = wholeWords;
        this.firstEdge = trie.firstEdge();
        this.edgeChar = trie.edgeChar();
        this.root = root();
        this.fallback = new int[phraseOf.length];
        this.ending = new int[phraseOf.length];
        this.phraseAt = Arrays.stream(phraseOf).filter(phrase -> phrase >= 0).toArray();
        this.lengthAt = Arrays.stream(phraseAt)
                .map(phrase -> phrases.get(phrase).length())
                .toArray();
        this.nextAt = new int[phraseAt.length];
        link(phraseOf);
    }

    /** The automaton that finds these phrases as whole words; an empty one never matches. */
    public static Phrases of(List<FoldedText> phrases) {
        return of(phrases, true);
    }

    /** The automaton for these phrases; an empty one never matches. */
    public static Phrases of(List<FoldedText> phrases, boolean wholeWords) {
        return new Phrases(phrases, wholeWords);
    }

    /**
     * A phrase in a text.
     *
     * @param phrase its index
     * @param begin where it begins in the folded text
     * @param end where it ends, exclusive
     */
    public record Match(int phrase, int begin, int end) {}

    /** Whether the text holds any of them. */
    public boolean isAnyIn(FoldedText text) {
        return find(text, null) != null;
    }

    /** The phrase that ends first in the text, or null. */
    public Match matchIn(FoldedText text) {
        return find(text, null);
    }

    /** Tells of each phrase that the text holds, once for each place. Of phrases that fold alike only of the first. */
    public void collect(FoldedText text, IntConsumer found) {
        Match none = find(text, found);
        if (none != null) {
            throw new IllegalStateException("Collecting goes on to the end");
        }
    }

    private Match find(FoldedText text, IntConsumer found) {
        int state = 0;
        for (int i = 0; i < text.length(); i++) {
            state = next(state, text.charAt(i));
            for (int end = ending[state]; end != 0; end = nextAt[end - 1]) {
                int begin = i + 1 - lengthAt[end - 1];
                if (wholeWords && !(text.isWordEdge(i + 1) && text.isWordEdge(begin))) {
                    continue;
                }
                if (found == null) {
                    return new Match(phraseAt[end - 1], begin, i + 1);
                }
                found.accept(phraseAt[end - 1]);
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
        return root[c / PAGE][c % PAGE];
    }

    private int edge(int state, char c) {
        int low = firstEdge[state];
        int high = firstEdge[state + 1];
        if (high - low == 1) {
            return edgeChar[low] == c ? low + 1 : 0;
        }
        int at = Arrays.binarySearch(edgeChar, low, high, c);
        return at >= 0 ? at + 1 : 0;
    }

    private int[][] root() {
        int[][] pages = new int[PAGE][];
        Arrays.fill(pages, NOTHING);
        for (int e = 0; e < firstEdge[1]; e++) {
            int page = edgeChar[e] / PAGE;
            pages[page] = pages[page] == NOTHING ? new int[PAGE] : pages[page];
            pages[page][edgeChar[e] % PAGE] = e + 1;
        }
        return pages;
    }

    /** Links every state to its fallback, nearest to the root first, because each needs those of shorter prefixes. */
    private void link(int[] phraseOf) {
        int whole = 0;
        for (int state = 0; state < phraseOf.length; state++) {
            ending[state] = ending[fallback[state]];
            if (phraseOf[state] >= 0) {
                nextAt[whole] = ending[state];
                ending[state] = ++whole;
            }
            for (int e = firstEdge[state]; e < firstEdge[state + 1]; e++) {
                fallback[e + 1] = state == 0 ? 0 : next(fallback[state], edgeChar[e]);
            }
        }
    }
}
