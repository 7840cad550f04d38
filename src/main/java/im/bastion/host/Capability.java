// SPDX-License-Identifier: Apache-2.0
package im.bastion.host;

/**
 * One thing that differs between host versions, as found at start.
 *
 * @param id stable kebab-case name, for example "pep.flush"
 * @param guard the guard that needs it, or "all"
 * @param present whether the guard can rely on it
 * @param detail what was bound ("CachingPubsubPersistenceProvider.flushPendingChanges") or what was looked for in vain
 */
public record Capability(String id, String guard, boolean present, String detail) {}
