// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.text;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The prefixes of all phrases as a tree, made from their sorted list: a state is a range of phrases that begin alike.
 * States are numbered breadth first, state 0 is the root, and edge {@code e} leads to state {@code e + 1}.
 */
final class PhraseTrie {
    private static final int NO_PHRASE = -1;

    private final List<FoldedText> phrases;
    private final int[] sorted;

    private int states = 1;
    private int[] low = new int[16];
    private int[] high = new int[16];
    private char[] edgeChar = new char[16];
    private int[] firstEdge = new int[17];
    private int[] phraseOf = new int[16];

    PhraseTrie(List<FoldedText> phrases) {
        this.phrases = phrases;
        this.sorted = IntStream.range(0, phrases.size())
                .filter(index -> phrases.get(index).length() > 0)
                .boxed()
                .sorted((a, b) -> {
                    int order = FoldedText.compare(phrases.get(a), phrases.get(b));
                    return order != 0 ? order : a - b;
                })
                .mapToInt(Integer::intValue)
                .toArray();
        high[0] = sorted.length;
        int state = 0;
        for (int depth = 0; state < states; depth++) {
            for (int end = states; state < end; state++) {
                grow(state, depth);
            }
        }
    }

    int[] firstEdge() {
        return Arrays.copyOf(firstEdge, states + 1);
    }

    char[] edgeChar() {
        return Arrays.copyOf(edgeChar, states - 1);
    }

    /** The phrase that each state is, or -1; of phrases that fold alike the first. */
    int[] phraseOf() {
        return Arrays.copyOf(phraseOf, states);
    }

    private void grow(int state, int depth) {
        phraseOf[state] = NO_PHRASE;
        firstEdge[state] = states - 1;
        int i = low[state];
        int end = high[state];
        while (i < end && phrases.get(sorted[i]).length() == depth) {
            phraseOf[state] = phraseOf[state] == NO_PHRASE ? sorted[i] : phraseOf[state];
            i++;
        }
        while (i < end) {
            char c = phrases.get(sorted[i]).charAt(depth);
            int begin = i;
            while (i < end && phrases.get(sorted[i]).charAt(depth) == c) {
                i++;
            }
            addState(c, begin, i);
        }
        firstEdge[state + 1] = states - 1;
    }

    private void addState(char c, int begin, int end) {
        if (states == low.length) {
            int more = states * 2;
            low = Arrays.copyOf(low, more);
            high = Arrays.copyOf(high, more);
            edgeChar = Arrays.copyOf(edgeChar, more);
            firstEdge = Arrays.copyOf(firstEdge, more + 1);
            phraseOf = Arrays.copyOf(phraseOf, more);
        }
        edgeChar[states - 1] = c;
        low[states] = begin;
        high[states] = end;
        states++;
    }
}
