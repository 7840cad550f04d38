// SPDX-License-Identifier: Apache-2.0
/**
 * Two devices that announce themselves at once: which of a list's devices each session knows of, and what a publish means
 * in that light. May import: omemo.wire.
 */
package im.bastion.omemo.race;
