// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.text;

/**
 * Where in an original text a part of the folded one comes from, in UTF-16 units. With characters that combine it is as
 * wide as all that have been folded together.
 *
 * @param end exclusive
 */
public record Origin(int begin, int end) {
    private static final int BLOCK = 1_024;

    /** Where the folded UTF-16 units from first to last come from; time grows with the length of the original alone. */
    static Origin of(String original, int first, int last) {
        Walk walk = new Walk(original);
        walk.to(first, BLOCK);
        walk.to(first, 1);
        int begin = walk.at;
        walk.to(last, BLOCK);
        walk.to(last, 1);
        return new Origin(begin, walk.boundaryFrom(walk.at + 1));
    }

    /** Goes through the original piece by piece and counts what each folds to. */
    private static final class Walk {
        private final String original;
        private int at;
        private int folded;
        private boolean afterSpace = true;

        private Walk(String original) {
            this.original = original;
        }

        /** Goes on until the next piece of about that length has the folded unit in it. */
        private void to(int index, int length) {
            while (at < original.length()) {
                int end = boundaryFrom(at + length);
                FoldedText piece = FoldedText.of("a" + original.substring(at, end) + "a", end - at + 2);
                int width = piece.length() - 2;
                boolean spaceAgain = afterSpace && width > 0 && piece.charAt(1) == ' ';
                int visible = spaceAgain ? width - 1 : width;
                if (folded + visible > index) {
                    return;
                }
                afterSpace = width > 0 ? piece.charAt(width) == ' ' : afterSpace;
                folded += visible;
                at = end;
            }
        }

        /** The first place from there on where a character begins that is seen and does not join the one before it. */
        private int boundaryFrom(int index) {
            int place = index;
            while (place < original.length() && isWithinCharacter(place)) {
                place++;
            }
            return Math.min(place, original.length());
        }

        private boolean isWithinCharacter(int place) {
            int codePoint = original.codePointAt(place);
            return Character.isLowSurrogate(original.charAt(place))
                    || Script.isInvisible(codePoint)
                    || Folding.joins(codePoint);
        }
    }
}
