// SPDX-License-Identifier: Apache-2.0
/** The rules in force: the list of types, the book, trying a rule on what was said. */
package im.bastion.moderation.book;
