// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.rule;

import im.bastion.moderation.text.FoldedText;
import im.bastion.moderation.text.View;
import java.util.List;

/**
 * What an event must hold for a rule to find anything: any of these texts in that view. With them the rules of a thousand
 * definitions are passed over by one look.
 *
 * @param any folded, in that view
 * @param wholeWords whether they must stand as whole words
 */
public record Needles(List<FoldedText> any, View view, boolean wholeWords) {}
