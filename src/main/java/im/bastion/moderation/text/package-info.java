// SPDX-License-Identifier: Apache-2.0
/** Text as people read it rather than as it is written, and how phrases are found in it. May import: the JDK alone. */
package im.bastion.moderation.text;
