// SPDX-License-Identifier: Apache-2.0
/** What Openfire calls: builds the features in one readable order and closes them in reverse. No logic. May import: all. */
package im.bastion.plugin;
