// SPDX-License-Identifier: Apache-2.0
/**
 * Checks of what is published for OMEMO, one class each, listed in {@code PublishChecks}. May import: omemo.wire,
 * omemo.curve, policy.
 */
package im.bastion.omemo.check;
