// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.moderation.reputation.BlockLists.LocalEntry;
import im.bastion.moderation.reputation.BlockLists.Source;
import java.util.List;

/**
 * Block lists.
 *
 * @param subject as the form has it
 * @param reason as the form has it
 */
public record ListsView(Frame frame, List<Source> sources, Paged<LocalEntry> own, String subject, String reason) {}
