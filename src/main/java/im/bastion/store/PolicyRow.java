// SPDX-License-Identifier: Apache-2.0
package im.bastion.store;

import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import java.time.Instant;

/**
 * One rule as an admin defined it.
 *
 * @param rule its name
 * @param version 1 for the first definition; each change adds one
 * @param mode OFF when retired
 * @param body the rule's own definition as a JSON object, at most 64 KiB; the guard that owns the rule parses it
 * @param author the console user or JID who made this version
 */
public record PolicyRow(RuleId rule, int version, Mode mode, String body, String author, Instant at) {}
