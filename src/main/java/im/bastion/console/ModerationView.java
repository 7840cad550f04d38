// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.store.PolicyRow;

/**
 * What may be said in rooms.
 *
 * @param row the stored rule; null before the first
 */
public record ModerationView(Frame frame, GuardCard guard, PolicyRow row, PhraseRuleForm rule) {}
