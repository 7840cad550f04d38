// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.event;

/**
 * An address in a text, read but never followed.
 *
 * @param text as it was written, at most 2,048 UTF-16 units
 * @param scheme in lower case, "" when it was written without
 * @param host in lower case, in ASCII form (RFC 5891), without a trailing dot, user part or port; an IP literal as it is
 */
public record Link(String text, String scheme, String host) {}
