// SPDX-License-Identifier: Apache-2.0
/** Rules about what is said: words, links, shape. */
package im.bastion.moderation.content;
